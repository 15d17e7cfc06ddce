/** Far behind the end of any recording. */
const BEHIND_S = 1e7;

/** Shows a clip's first frame; sound and speed are as they were. */
export function showClip(video: HTMLVideoElement, url: string): void {
  video.srcObject = null;
  video.preload = "auto";
  video.addEventListener("loadedmetadata", () => measure(video, url), { once: true });
  video.src = url;
}

/** A recorded clip does not say how long it is, and cannot be sought until its end has been seen. */
function measure(video: HTMLVideoElement, url: string): void {
  if (Number.isFinite(video.duration) || video.src !== url) return;
  video.addEventListener("seeked", () => video.src === url && rewind(video), { once: true });
  video.currentTime = BEHIND_S;
}

function rewind(video: HTMLVideoElement): void {
  video.currentTime = 0;
}

/** Shows a camera as it comes. */
export function showCamera(video: HTMLVideoElement, camera: MediaStream): void {
  video.removeAttribute("src");
  video.srcObject = camera;
  void video.play().catch(() => undefined);
}

/** Shows nothing any more. */
export function showNothing(video: HTMLVideoElement): void {
  video.pause();
  video.srcObject = null;
  if (video.hasAttribute("src")) {
    video.removeAttribute("src");
    video.load();
  }
}
