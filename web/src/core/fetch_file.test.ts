import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { fetchFile } from "./fetch_file";

const FILE = new URL("http://host/weights.bin");

type Reply = (signal: AbortSignal) => Promise<Response>;

/** What the server does at each try; the last goes on for ever. */
let replies: Reply[];
let tries: number;
let stop: AbortController;

beforeEach(() => {
  vi.useFakeTimers();
  tries = 0;
  stop = new AbortController();
  vi.stubGlobal("fetch", async (_url: URL, { signal }: { signal: AbortSignal }) => {
    const reply = replies[Math.min(tries++, replies.length - 1)] as Reply;
    return reply(signal);
  });
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const offline: Reply = () => Promise.reject(new TypeError("Failed to fetch"));
const status =
  (code: number): Reply =>
  async () =>
    new Response("", { status: code });
const whole: Reply = async () => new Response("1234");
const silent: Reply = (signal) => aborted(signal);
/** Half of the file, and then nothing more. */
const half: Reply = async (signal) => new Response(stream(["12"], signal));

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener("abort", () => reject(new Error("aborted")));
  });
}

/** The parts, one every 15 s; after the last it stays open. */
function stream(parts: readonly string[], signal: AbortSignal, isWhole = false): ReadableStream {
  return new ReadableStream({
    start: async (controller) => {
      aborted(signal).catch((error) => controller.error(error));
      for (const part of parts) {
        controller.enqueue(new TextEncoder().encode(part));
        await new Promise((resolve) => setTimeout(resolve, 15_000));
      }
      if (isWhole) controller.close();
    },
  });
}

function get(count: (bytes: number) => void = () => undefined): Promise<string> {
  const bytes = fetchFile(FILE, { cache: "default", signal: stop.signal, count });
  const text = bytes.then((read) => new TextDecoder().decode(read));
  text.catch(() => undefined);
  return text;
}

test("a file that does not come is asked for again after 1 s and after 3 more", async () => {
  replies = [offline, status(503), whole];
  const text = get();
  await vi.advanceTimersByTimeAsync(999);
  expect(tries).toBe(1);
  await vi.advanceTimersByTimeAsync(1);
  expect(tries).toBe(2);
  await vi.advanceTimersByTimeAsync(2999);
  expect(tries).toBe(2);
  await vi.advanceTimersByTimeAsync(1);
  expect(await text).toBe("1234");
});

test("after three tries it is given up", async () => {
  replies = [status(503)];
  const text = get();
  await vi.runAllTimersAsync();
  await expect(text).rejects.toThrow("503");
  expect(tries).toBe(3);
});

test("a file that the server does not have is asked for once", async () => {
  replies = [status(404)];
  await expect(get()).rejects.toThrow("404");
  expect(tries).toBe(1);
});

test.each([
  ["no answer", silent],
  ["half a file", half],
])("after %s and 20 s of silence it is asked for again", async (_, reply) => {
  replies = [reply, whole];
  const text = get();
  await vi.advanceTimersByTimeAsync(20_000 + 999);
  expect(tries).toBe(1);
  await vi.advanceTimersByTimeAsync(1);
  expect(await text).toBe("1234");
});

test("a slow file is waited for as long as bytes come", async () => {
  replies = [async (signal) => new Response(stream(["1", "2", "3", "4"], signal, true))];
  const text = get();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(await text).toBe("1234");
  expect(tries).toBe(1);
});

test("each try counts its bytes from nothing", async () => {
  replies = [half, whole];
  const counts: number[] = [];
  const text = get((bytes) => counts.push(bytes));
  await vi.advanceTimersByTimeAsync(21_000);
  await text;
  expect(counts).toEqual([0, 2, 0, 4]);
});

test.each([
  ["a try", silent],
  ["a pause", offline],
])("%s ends as soon as it is no longer wanted", async (_, reply) => {
  replies = [reply, silent];
  const text = get();
  await vi.advanceTimersByTimeAsync(500);
  stop.abort();
  await expect(text).rejects.toThrow();
  expect(tries).toBe(1);
  expect(vi.getTimerCount()).toBe(0);
});
