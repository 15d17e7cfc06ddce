import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Capture } from "./capture";

let present: (frames: number) => void;
let grabbed: { readonly close: ReturnType<typeof vi.fn> }[];
let sent: number[];
let capture: Capture;

beforeEach(() => {
  grabbed = [];
  sent = [];
  vi.stubGlobal("createImageBitmap", async () => {
    grabbed.push({ close: vi.fn() });
    return grabbed.at(-1);
  });
  const video = {
    requestVideoFrameCallback: (heard: (now: number, frame: object) => void) => {
      present = (presentedFrames) => heard(0, { presentedFrames });
    },
    cancelVideoFrameCallback: () => undefined,
  } as unknown as HTMLVideoElement;
  capture = new Capture(video, () => sent.push(sent.length) - 1);
  capture.start();
});

afterEach(() => vi.unstubAllGlobals());

const settled = () => new Promise((resolve) => setTimeout(resolve));

test("a second frame goes only when the first is answered", async () => {
  present(1);
  await settled();
  present(2);
  await settled();
  expect(sent).toEqual([0]);
  expect(capture.done(0)).toBe(true);
  await settled();
  expect(sent).toEqual([0, 1]);
});

test("an answer from before a restart opens nothing", async () => {
  present(1);
  await settled();
  capture.start();
  present(1);
  await settled();
  present(2);
  expect(capture.done(0)).toBe(false);
  await settled();
  expect(sent).toEqual([0, 1]);
});

test("a frame that was being grabbed at the stop is closed and never sent", async () => {
  present(1);
  capture.stop();
  await settled();
  expect(sent).toEqual([]);
  expect(grabbed[0]?.close).toHaveBeenCalledOnce();
});

test("a lost frame counts as a drop", async () => {
  present(1);
  await settled();
  capture.done(0, true);
  expect(capture.drops).toBe(1);
});
