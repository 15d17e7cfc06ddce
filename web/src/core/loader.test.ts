import { createHash } from "node:crypto";
import { afterEach, expect, test, vi } from "vitest";
import { Loader } from "./loader";
import type { Manifest } from "./manifest";

const FILES: Record<string, string> = {
  "detector/model.json": JSON.stringify({ weightsManifest: [{ paths: ["weights.bin"] }] }),
  "detector/weights.bin": "12345678",
};
const MANIFEST = {
  files: Object.fromEntries(
    Object.entries(FILES).map(([path, text]) => [
      path,
      { sha256: createHash("sha256").update(text).digest("hex"), bytes: text.length },
    ]),
  ),
} as unknown as Manifest;

/** `cached` is what the browser's cache still holds. */
function serve(files: Record<string, string>, cached: Record<string, string> = {}): void {
  vi.stubGlobal("fetch", async (url: URL, { cache }: RequestInit) => {
    const path = url.pathname.slice("/site/".length);
    const text = (cache === "reload" ? null : cached[path]) ?? files[path];
    return new Response(text ?? "", { status: text === undefined ? 404 : 200 });
  });
}

const AT_ONCE = { silence_ms: 20_000, pauses_ms: [0, 0] };

function loader(progress: (loaded: number, total: number) => void = () => undefined): Loader {
  const { signal } = new AbortController();
  return new Loader("http://host/site/", MANIFEST, progress, signal, AT_ONCE);
}

/** Lets the first answer of a file break off after some of its bytes. */
function breakOff(path: string): void {
  const serveWhole = fetch;
  let isFirst = true;
  vi.stubGlobal("fetch", async (url: URL, init: RequestInit) => {
    if (!isFirst || !url.pathname.endsWith(path)) return serveWhole(url, init);
    isFirst = false;
    const parts = [new TextEncoder().encode("123")];
    const pull = (controller: ReadableStreamDefaultController) => {
      const part = parts.pop();
      if (part) controller.enqueue(part);
      else controller.error(new TypeError("network error"));
    };
    return new Response(new ReadableStream({ pull }));
  });
}

afterEach(() => vi.unstubAllGlobals());

test("a graph is its model.json and its shards", async () => {
  serve(FILES);
  const { weights } = await loader().graph("detector/model.json");
  expect(new TextDecoder().decode(weights)).toBe("12345678");
});

test("progress ends at the manifest's bytes", async () => {
  serve(FILES);
  const seen: [number, number][] = [];
  const counting = loader((loaded, total) => seen.push([loaded, total]));
  counting.expect(["detector/model.json"]);
  await counting.graph("detector/model.json");
  const total = Object.values(FILES).join("").length;
  expect(seen.at(-1)).toEqual([total, total]);
});

test("what is expected is asked for at once, and only once", async () => {
  serve(FILES);
  const asked: string[] = [];
  const answer = fetch;
  vi.stubGlobal("fetch", (url: URL, init: RequestInit) => {
    asked.push(url.pathname);
    return answer(url, init);
  });
  const early = loader();
  early.expect(["detector/model.json"]);
  expect(asked).toEqual(["/site/detector/model.json", "/site/detector/weights.bin"]);
  await early.graph("detector/model.json");
  expect(asked).toHaveLength(2);
});

test("a shard with one wrong byte is not used", async () => {
  serve({ ...FILES, "detector/weights.bin": "12345679" });
  await expect(loader().graph("detector/model.json")).rejects.toThrow(
    "damaged-file: detector/weights.bin",
  );
});

test("a file that the cache holds from before an update is fetched anew", async () => {
  serve(FILES, { "detector/weights.bin": "old" });
  const seen: number[] = [];
  const counting = loader((loaded) => seen.push(loaded));
  const { weights } = await counting.graph("detector/model.json");
  expect(new TextDecoder().decode(weights)).toBe("12345678");
  expect(seen.at(-1)).toBe(Object.values(FILES).join("").length);
});

test("a file that is not there is named", async () => {
  serve({ ...FILES, "detector/weights.bin": undefined as unknown as string });
  await expect(loader().graph("detector/model.json")).rejects.toThrow(
    "missing-file: detector/weights.bin",
  );
});

test("a file that breaks off is fetched again, and its bytes count once", async () => {
  serve(FILES);
  breakOff("weights.bin");
  const seen: [number, number][] = [];
  const counting = loader((loaded, total) => seen.push([loaded, total]));
  counting.expect(["detector/model.json"]);
  const { weights } = await counting.graph("detector/model.json");
  expect(new TextDecoder().decode(weights)).toBe("12345678");
  const total = Object.values(FILES).join("").length;
  expect(seen.map(([loaded]) => loaded - total)).toEqual([3 - total, -5, -8, 0]);
});

test("a file that is longer than it should be does not count beyond the total", async () => {
  serve({ ...FILES, "detector/weights.bin": "12345678910" });
  const seen: number[] = [];
  const counting = loader((loaded, total) => seen.push(loaded - total));
  counting.expect(["detector/model.json"]);
  await expect(counting.graph("detector/model.json")).rejects.toThrow("damaged-file");
  expect(Math.max(...seen)).toBe(0);
});
