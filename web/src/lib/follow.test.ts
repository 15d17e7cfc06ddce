import { getEventListeners } from "node:events";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Fault } from "../core/fault";
import type { FrameResult } from "../core/messages";
import { FakeVideo } from "./fake_video";
import { FACELESS, running } from "./fake_worker";
import { follow, type LiveFrame } from "./follow";
import { FaceStream } from "./stream";

let video: FakeVideo;
const frame = vi.fn<() => Promise<FrameResult | null>>();
const ready = vi.fn();
const forget = vi.fn();

beforeEach(() => {
  video = new FakeVideo();
  frame.mockResolvedValue(FACELESS);
  ready.mockResolvedValue(running("small"));
  vi.stubGlobal("createImageBitmap", async () => ({}));
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.resetAllMocks();
});

function followed(signal?: AbortSignal) {
  const stream = new FaceStream({ ready, frame, forget }, { faces: 1, smooth_ms: 0, reuse: true });
  return follow(stream, video.element, signal ? { signal } : {});
}

/** The result of a frame that is shown once somebody waits for it. */
async function shown(frames: AsyncGenerator<LiveFrame, void>, media_s: number) {
  const next = frames.next();
  await vi.waitFor(() => expect(video.isWatched).toBe(true));
  video.show(media_s);
  return (await next).value as LiveFrame;
}

test("each frame comes with its result, its place and the frames that went by", async () => {
  const frames = followed();
  expect(await shown(frames, 1)).toMatchObject({ result: FACELESS, media_s: 1, time_s: 1 });
  video.show(2);
  video.show(3);
  expect((await frames.next()).value).toMatchObject({ media_s: 3, drops: 1 });
});

test("a frame that nothing read counts as dropped", async () => {
  const frames = followed();
  frame.mockResolvedValueOnce(null);
  const next = frames.next();
  video.show(1);
  await vi.waitFor(() => expect(frame).toHaveBeenCalledTimes(1));
  video.show(2);
  expect((await next).value).toMatchObject({ media_s: 2, drops: 1 });
});

test("leaving the loop lets go of the video and of its faces", async () => {
  setTimeout(() => video.show(1));
  for await (const _ of followed()) break;
  expect(video.isWatched).toBe(false);
  expect(forget).toHaveBeenCalledOnce();
});

test("an abort ends the loop while no frame comes", async () => {
  const abort = new AbortController();
  const next = followed(abort.signal).next();
  await vi.waitFor(() => expect(ready).toHaveBeenCalled());
  abort.abort();
  expect(await next).toEqual({ done: true, value: undefined });
  expect(video.isWatched).toBe(false);
});

test("an abort does not wait for the frame in flight", async () => {
  const abort = new AbortController();
  frame.mockReturnValue(new Promise(() => undefined));
  const next = followed(abort.signal).next();
  video.show(1);
  await vi.waitFor(() => expect(frame).toHaveBeenCalled());
  abort.abort();
  expect((await next).done).toBe(true);
});

test("a picture that comes after the abort is closed, and begins no stream anew", async () => {
  const abort = new AbortController();
  const close = vi.fn();
  const taken = vi.fn(async () => {
    abort.abort();
    return { close };
  });
  vi.stubGlobal("createImageBitmap", taken);
  const next = followed(abort.signal).next();
  video.show(1);
  expect((await next).done).toBe(true);
  await vi.waitFor(() => expect(close).toHaveBeenCalledOnce());
  expect(frame).not.toHaveBeenCalled();
});

test("no listener piles up on the signal", async () => {
  const { signal } = new AbortController();
  const frames = followed(signal);
  for (let place = 0; place < 3; place++) await shown(frames, place);
  expect(getEventListeners(signal, "abort")).toEqual([]);
});

test("when nothing runs any more, the loop ends with the fault", async () => {
  const fault = new Fault("worker-lost", "");
  ready.mockRejectedValue(fault);
  await expect(followed().next()).rejects.toBe(fault);
  expect(forget).toHaveBeenCalledOnce();
});
