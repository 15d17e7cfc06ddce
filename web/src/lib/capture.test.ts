import { afterEach, expect, test, vi } from "vitest";
import { Capture } from "./capture";

const VIDEO = { videoWidth: 640, videoHeight: 480 } as HTMLVideoElement;
const PLAIN = {
  ...{ format: "I420", visibleRect: { width: 640, height: 480 } },
  ...{ displayWidth: 640, displayHeight: 480 },
};
const BITMAP = { width: 640 };

/** A browser whose frames are such, or are refused by an error of that name. */
function browser(frame: object | string) {
  const close = vi.fn();
  const VideoFrame = vi.fn(function VideoFrame() {
    if (typeof frame === "string") throw new DOMException("refused", frame);
    return { ...frame, close };
  });
  vi.stubGlobal("VideoFrame", VideoFrame);
  vi.stubGlobal("createImageBitmap", async () => BITMAP);
  return { VideoFrame, close };
}

afterEach(() => void vi.unstubAllGlobals());

test("a camera's own frame is taken as it is", async () => {
  browser(PLAIN);
  expect(await new Capture(VIDEO).take()).toMatchObject(PLAIN);
});

test("instead of frames that the browser has converted already, bitmaps are taken", async () => {
  const { VideoFrame, close } = browser({ ...PLAIN, format: "BGRA" });
  const capture = new Capture(VIDEO);
  expect([await capture.take(), await capture.take()]).toEqual([BITMAP, BITMAP]);
  expect(VideoFrame).toHaveBeenCalledOnce();
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

test("a frame that is not there yet is taken when it is", async () => {
  browser("InvalidStateError");
  const capture = new Capture(VIDEO);
  expect(await capture.take()).toBe(BITMAP);
  browser(PLAIN);
  expect(await capture.take()).toMatchObject(PLAIN);
});

test("another origin's frame is asked for once only", async () => {
  const { VideoFrame } = browser("SecurityError");
  const capture = new Capture(VIDEO);
  expect([await capture.take(), await capture.take()]).toEqual([BITMAP, BITMAP]);
  expect(VideoFrame).toHaveBeenCalledOnce();
});

test("where a frame is refused a bitmap is taken, and null where that is too", async () => {
  browser("SecurityError");
  const capture = new Capture(VIDEO);
  expect(await capture.take()).toBe(BITMAP);
  vi.stubGlobal("createImageBitmap", () => Promise.reject(new Error("nothing")));
  expect(await capture.take()).toBeNull();
});
