import { afterEach, expect, test, vi } from "vitest";
import { fetchManifest, type Manifest, modelEntry } from "./manifest";

const BASE = "https://example.org/deep/";
const SITE = {
  default: "slim",
  models: [{ name: "large" }, { name: "slim" }],
} as unknown as Manifest;

afterEach(() => vi.unstubAllGlobals());

test.each([
  ["large", "large"],
  [null, "slim"],
  ["of an older version", "slim"],
])("who asks for the model %s gets %s", (wanted, found) => {
  expect(modelEntry(SITE, wanted).name).toBe(found);
});

test("a manifest that is not there is named, with the server's answer", async () => {
  vi.stubGlobal("fetch", async () => new Response("", { status: 404 }));
  await expect(fetchManifest(BASE, new AbortController().signal)).rejects.toMatchObject({
    code: "no-manifest",
    detail: "manifest.json (404)",
  });
});

test("who no longer wants it hears of an abort, not of a fault", async () => {
  vi.stubGlobal("fetch", async () => Promise.reject(new TypeError("aborted")));
  await expect(fetchManifest(BASE, AbortSignal.abort())).rejects.toMatchObject({
    name: "AbortError",
  });
});
