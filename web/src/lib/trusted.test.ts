import { afterEach, beforeEach, expect, test, vi } from "vitest";

const BASE = "https://example.org/deep/site/index.html?lang=ko";

beforeEach(() => {
  vi.resetModules();
  vi.stubGlobal("document", { baseURI: BASE });
});
afterEach(() => vi.unstubAllGlobals());

async function trusted(url: string): Promise<string> {
  const { trustedScript } = await import("./trusted");
  return trustedScript(url);
}

test("the service worker in the page's folder is allowed, and comes back absolute", async () => {
  expect(await trusted("./sw.js")).toBe("https://example.org/deep/site/sw.js");
});

test("a blob of this origin is allowed", async () => {
  const blob = "blob:https://example.org/0b1c";
  expect(await trusted(blob)).toBe(blob);
});

test.each([
  "blob:https://elsewhere.org/0b1c",
  "https://elsewhere.org/deep/site/sw.js",
  "https://example.org/other/sw.js",
  "./clips/sw.js",
  "./uploaded.js",
  "../sw.js",
  "data:text/javascript,1",
  "javascript:1",
])("%s is refused", async (url) => {
  await expect(trusted(url)).rejects.toThrow(TypeError);
});

test("one policy, named facecast, is made however often it is asked", async () => {
  const createPolicy = vi.fn((_: string, rules: object) => rules);
  vi.stubGlobal("trustedTypes", { createPolicy });
  await trusted("sw.js");
  await trusted("./sw.js");
  expect(createPolicy.mock.calls.map(([name]) => name)).toEqual(["facecast"]);
});

test("a page that forbids the policy gets the plain address", async () => {
  const createPolicy = () => {
    throw new TypeError("not in the page's list");
  };
  vi.stubGlobal("trustedTypes", { createPolicy });
  expect(await trusted("sw.js")).toBe("https://example.org/deep/site/sw.js");
});
