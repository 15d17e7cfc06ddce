import { afterEach, expect, test, vi } from "vitest";
import { Capture } from "./capture";

const VIDEO = { videoWidth: 640, videoHeight: 480 } as HTMLVideoElement;
const PLAIN = {
  ...{ format: "I420", visibleRect: { width: 640, height: 480 } },
  ...{ displayWidth: 640, displayHeight: 480 },
};
const BITMAP = { width: 640 };

/** A browser whose frames are such; null where they are refused. */
function browser(frame: object | null) {
  const made: object[] = [];
  const close = vi.fn();
  function VideoFrame() {
    if (!frame) throw new DOMException("tainted", "SecurityError");
    made.push(frame);
    return { ...frame, close };
  }
  vi.stubGlobal("VideoFrame", VideoFrame);
  vi.stubGlobal("createImageBitmap", async () => BITMAP);
  return { made, close };
}

afterEach(() => void vi.unstubAllGlobals());

test("a camera's own frame is taken as it is", async () => {
  browser(PLAIN);
  expect(await new Capture(VIDEO).take()).toMatchObject(PLAIN);
});

test("instead of frames that the browser has converted already, bitmaps are taken", async () => {
  const { made, close } = browser({ ...PLAIN, format: "BGRA" });
  const capture = new Capture(VIDEO);
  expect([await capture.take(), await capture.take()]).toEqual([BITMAP, BITMAP]);
  expect(made).toHaveLength(1);
  expect(close).toHaveBeenCalledOnce();
});

test.each([
  ["that is to be turned", { rotation: 180 }],
  ["that is to be made wider", { visibleRect: { width: 480, height: 480 } }],
  ["that is to be made higher", { visibleRect: { width: 640, height: 436 } }],
  ["of another size than the video's", { displayWidth: 480, displayHeight: 640 }],
])("instead of a frame %s, a bitmap is taken, for as long as it is so", async (_name, what) => {
  const { close } = browser({ ...PLAIN, ...what });
  const capture = new Capture(VIDEO);
  expect(await capture.take()).toBe(BITMAP);
  expect(close).toHaveBeenCalledOnce();
  browser(PLAIN);
  expect(await capture.take()).toMatchObject(PLAIN);
});

test("where a frame is refused a bitmap is taken, and null where that is too", async () => {
  browser(null);
  const capture = new Capture(VIDEO);
  expect(await capture.take()).toBe(BITMAP);
  vi.stubGlobal("createImageBitmap", () => Promise.reject(new Error("nothing")));
  expect(await capture.take()).toBeNull();
});
