import { afterEach, expect, test, vi } from "vitest";
import { FakeCanvas } from "./fake_canvas";
import { prepareCanvas } from "./prepare_canvas";

afterEach(() => void vi.unstubAllGlobals());

test.each([
  ["that is drawn", FakeCanvas],
  ["for which there is no canvas", null],
])("a made frame %s is closed", (_, canvas) => {
  const close = vi.fn();
  vi.stubGlobal("OffscreenCanvas", canvas);
  vi.stubGlobal(
    "VideoFrame",
    vi.fn(() => ({ displayWidth: 64, displayHeight: 48, close })),
  );
  prepareCanvas();
  expect(close).toHaveBeenCalledOnce();
});

test("where no frames are to be had nothing is drawn", () => {
  const canvas = vi.fn();
  vi.stubGlobal("OffscreenCanvas", canvas);
  prepareCanvas();
  expect(canvas).not.toHaveBeenCalled();
});
