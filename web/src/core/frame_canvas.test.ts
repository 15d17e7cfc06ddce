import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { FakeCanvas } from "./fake_canvas";
import { FrameCanvas } from "./frame_canvas";

beforeEach(() => void vi.stubGlobal("OffscreenCanvas", FakeCanvas));
afterEach(() => void vi.unstubAllGlobals());

const frame = (displayWidth: number, displayHeight: number) =>
  ({ displayWidth, displayHeight }) as VideoFrame;

test("a bitmap stays as it is", () => {
  const bitmap = { width: 4, height: 3 } as ImageBitmap;
  expect(new FrameCanvas().lay(bitmap)).toBe(bitmap);
});

test("frames are laid on one canvas, which takes the size of each", () => {
  const canvas = new FrameCanvas();
  const first = canvas.lay(frame(640, 480));
  const second = canvas.lay(frame(480, 640));
  expect(second).toBe(first);
  expect(second).toMatchObject({ width: 480, height: 640 });
});
