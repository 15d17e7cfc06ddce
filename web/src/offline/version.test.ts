import { createHash } from "node:crypto";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Version } from "./version";

const FOLDER = "https://example.org/deep/";
const OURS = "facecast /deep/";
const NEW = `${OURS} 2`;

type Files = Record<string, string>;

/** What lies in each cache, what the browser's own cache holds, and what the server has. */
let stored: Map<string, Map<string, string>>;
let seen: Files;
let server: Files;

beforeEach(() => {
  stored = new Map();
  seen = {};
  server = {};
  vi.stubGlobal("caches", {
    has: async (name: string) => stored.has(name),
    keys: async () => [...stored.keys()],
    delete: async (name: string) => stored.delete(name),
    open: async (name: string) => cacheOf(name),
    match: async (url: string, { cacheName }: { cacheName?: string }) =>
      (cacheName ? [cacheName] : [...stored.keys()]).map((name) => find(name, url)).find(Boolean),
  });
  vi.stubGlobal("fetch", async (asked: string | { url: string }, init?: RequestInit) => {
    const path = (typeof asked === "string" ? asked : asked.url).slice(FOLDER.length);
    const text = (init?.cache === "only-if-cached" ? seen : server)[path];
    return new Response(text ?? null, { status: text === undefined ? 404 : 200 });
  });
});
afterEach(() => vi.unstubAllGlobals());

function cacheOf(name: string) {
  if (!stored.has(name)) stored.set(name, new Map());
  return {
    match: async (url: string) => find(name, url),
    put: async (url: string, response: Response) => {
      stored.get(name)?.set(url, await response.text());
    },
  };
}

function find(name: string, url: string): Response | undefined {
  const text = stored.get(name)?.get(url);
  return text === undefined ? undefined : new Response(text);
}

function keep(name: string, files: Files): void {
  stored.set(name, new Map(Object.entries(files).map(([path, text]) => [FOLDER + path, text])));
}

function kept(name = NEW): Files {
  const entries = [...(stored.get(name) ?? [])];
  return Object.fromEntries(entries.map(([url, text]) => [url.slice(FOLDER.length), text]));
}

/** The version whose page is "page" and whose other model is "other". */
function version(): Version {
  const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");
  const files = { "index.html": sha256("page"), "b.bin": sha256("other") };
  return new Version({ version: "2", files, first: ["index.html"] }, FOLDER);
}

async function answer(path: string): Promise<string> {
  const work: Promise<void>[] = [];
  const request = { url: FOLDER + path } as Request;
  const response = await version().answer(request, request.url, (each) => work.push(each));
  await Promise.all(work);
  return response.text();
}

test("the first model's files are kept, and no others", async () => {
  server = { "": "page", "b.bin": "other" };
  await version().install();
  expect(kept()).toEqual({ "": "page" });
});

test("what a visit has fetched already is not asked for again", async () => {
  seen = { "": "page", "b.bin": "other" };
  await version().install();
  expect(kept()).toEqual({ "": "page", "b.bin": "other" });
});

test("an old file in the browser's cache is asked for anew", async () => {
  seen = { "": "old page" };
  server = { "": "page" };
  await version().install();
  expect(kept()).toEqual({ "": "page" });
});

test("what did not change comes from the version before", async () => {
  keep(`${OURS} 1`, { "": "page", "b.bin": "old other" });
  await version().install();
  expect(kept()).toEqual({ "": "page" });
});

test("half an upload is no version, and leaves no trace", async () => {
  server = { "": "old page" };
  await expect(version().install()).rejects.toThrow(FOLDER);
  expect([...stored.keys()]).toEqual([]);
});

test("a version that is in use survives a failed second install", async () => {
  keep(NEW, { "b.bin": "other" });
  await expect(version().install()).rejects.toThrow(FOLDER);
  expect(kept()).toEqual({ "b.bin": "other" });
});

test("only this site's older versions are dropped", async () => {
  const others = ["facecast / 1", "facecast /deep/er/ 1", "of somebody else"];
  for (const name of [...others, `${OURS} 1`, NEW]) keep(name, {});
  await version().activate();
  expect([...stored.keys()]).toEqual([...others, NEW]);
});

test("another model is kept once it was asked for", async () => {
  server = { "b.bin": "other" };
  expect(await answer("b.bin")).toBe("other");
  server = {};
  expect(await answer("b.bin")).toBe("other");
});

test("a file of another version is handed on, and never kept", async () => {
  server = { "b.bin": "newer other" };
  expect(await answer("b.bin")).toBe("newer other");
  expect(kept()).toEqual({});
});

test("without storage the network answers", async () => {
  server = { "": "page" };
  vi.stubGlobal("caches", undefined);
  expect(await answer("")).toBe("page");
});
