import { afterEach, expect, test, vi } from "vitest";
import { aboutModel } from "./about";

const ENTRY = { about: "about/slim.json" };
const BASE = { base: "https://example.org/deep/" };

function answer(text: string, status = 200) {
  const fetched = vi.fn(async (_url: URL, { signal }: RequestInit) => {
    signal?.throwIfAborted();
    return new Response(text, { status });
  });
  vi.stubGlobal("document", { baseURI: "https://example.org/deep/index.html" });
  vi.stubGlobal("fetch", fetched);
  return fetched;
}

afterEach(() => vi.unstubAllGlobals());

test("a model's document is fetched from below the base", async () => {
  const fetched = answer('{"version": 1, "name": "slim"}');
  expect((await aboutModel(ENTRY, BASE)).name).toBe("slim");
  expect(String(fetched.mock.calls[0]?.[0])).toBe("https://example.org/deep/about/slim.json");
});

test("a document that is not there is named, with the server's answer", async () => {
  answer("", 404);
  await expect(aboutModel(ENTRY)).rejects.toMatchObject({
    code: "missing-file",
    detail: "about/slim.json (404)",
  });
});

test.each(["<!doctype html>", "null", '{"version": 2}'])(
  "%s is no document of a model",
  async (text) => {
    answer(text);
    await expect(aboutModel(ENTRY)).rejects.toMatchObject({ code: "damaged-file" });
  },
);

test("who no longer wants it hears of an abort, not of a fault", async () => {
  answer("{}");
  const signal = AbortSignal.abort();
  await expect(aboutModel(ENTRY, { signal })).rejects.toMatchObject({ name: "AbortError" });
});
