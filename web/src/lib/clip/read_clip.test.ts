import { expect, test, vi } from "vitest";
import type { FrameResult } from "../../core/messages";
import type { Clip } from "./clip";
import { type ReadOptions, readClip } from "./read_clip";

function clipOf(times_s: readonly number[], picture = {} as ImageBitmap): Clip {
  return {
    ...{ width: 4, height: 3, duration_s: 2, how: "decoder" },
    async *frames() {
      for (const time_s of times_s) yield { picture, time_s };
    },
    close: () => undefined,
  };
}

/** The width of each result is the time that it was asked for. */
async function resultsOf(clip: Clip, options?: ReadOptions, dropped_ms = -1) {
  const stream = {
    frame: async (_: ImageBitmap, time_ms: number) =>
      time_ms === dropped_ms ? null : ({ width: time_ms } as FrameResult),
  };
  const results: (readonly [number, number])[] = [];
  for await (const { time_s, result } of readClip(stream, clip, options)) {
    results.push([time_s, result.width]);
  }
  return results;
}

test("each frame's result comes with the clip's own time", async () => {
  expect(await resultsOf(clipOf([0, 0.5]))).toEqual([
    [0, 0],
    [0.5, 500],
  ]);
});

test("a dropped frame has no result", async () => {
  expect(await resultsOf(clipOf([0, 0.5]), {}, 0)).toEqual([[0.5, 500]]);
});

test("progress goes through the frames to the end of the clip", async () => {
  const told: (readonly [number, number])[] = [];
  const onProgress = (done_s: number, duration_s: number) => told.push([done_s, duration_s]);
  await resultsOf(clipOf([0, 0.5]), { onProgress });
  expect(told).toEqual([
    [0, 2],
    [0.5, 2],
    [2, 2],
  ]);
});

test("an abort ends it though a result was on its way", async () => {
  const abort = new AbortController();
  const onProgress = () => abort.abort(new Error("enough"));
  const results = resultsOf(clipOf([0, 0.5]), { signal: abort.signal, onProgress });
  await expect(results).rejects.toThrow("enough");
});

test("a clip is not read on when nothing runs any more, and its frame is closed", async () => {
  const close = vi.fn();
  const clip = clipOf([0], { close } as unknown as ImageBitmap);
  const fault = new Error("lost");
  const stream = { ready: () => Promise.reject(fault), frame: vi.fn() };
  await expect(readClip(stream, clip).next()).rejects.toBe(fault);
  expect(close).toHaveBeenCalledOnce();
  expect(stream.frame).not.toHaveBeenCalled();
});

test("an abort does not wait for the frame in flight", async () => {
  const abort = new AbortController();
  const frame = vi.fn(() => new Promise<never>(() => undefined));
  const next = readClip({ frame }, clipOf([0]), { signal: abort.signal }).next();
  await vi.waitFor(() => expect(frame).toHaveBeenCalled());
  abort.abort(new Error("enough"));
  await expect(next).rejects.toThrow("enough");
});

test("a frame whose abort comes while a model is waited for is closed and not read", async () => {
  const abort = new AbortController();
  const close = vi.fn();
  const clip = clipOf([0], { close } as unknown as ImageBitmap);
  const stream = { ready: async () => abort.abort(), frame: vi.fn() };
  await expect(readClip(stream, clip, { signal: abort.signal }).next()).rejects.toThrow();
  expect(close).toHaveBeenCalledOnce();
  expect(stream.frame).not.toHaveBeenCalled();
});
