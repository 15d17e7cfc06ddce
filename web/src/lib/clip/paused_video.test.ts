import { afterEach, expect, test, vi } from "vitest";
import { PausedVideo } from "./paused_video";

afterEach(() => vi.unstubAllGlobals());

/** Shows its first frame, which begins at 0.5 s, as soon as somebody looks. */
function fakeVideo() {
  const plain = { src: "", videoWidth: 4, videoHeight: 3, duration: 1, load: () => undefined };
  return Object.assign(new EventTarget(), plain, {
    removeAttribute: () => undefined,
    cancelVideoFrameCallback: () => undefined,
    requestVideoFrameCallback: (shown: VideoFrameRequestCallback) => {
      queueMicrotask(() => shown(0, { mediaTime: 0.5 } as VideoFrameCallbackMetadata));
      return 1;
    },
  });
}

test("a film is opened once the page is seen: hidden, nobody tells when its first frame is", async () => {
  const video = fakeVideo();
  const page = Object.assign(new EventTarget(), { hidden: true, createElement: () => video });
  vi.stubGlobal("document", page);
  const opened = PausedVideo.open(new Blob(), new AbortController().signal);
  await Promise.resolve();
  expect(video.src).toBe("");
  page.hidden = false;
  page.dispatchEvent(new Event("visibilitychange"));
  await vi.waitFor(() => expect(video.src).not.toBe(""));
  video.dispatchEvent(new Event("loadeddata"));
  expect((await opened).first_s).toBe(0.5);
  (await opened).close();
});
