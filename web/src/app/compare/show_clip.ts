/** Far behind the end of any recording. */
const BEHIND_S = 1e7;

/**
 * Shows a clip from its first frame; one that is shown already stays where it is. Resolves once it
 * can be sought, or never if another one takes its place.
 */
export async function showClip(video: HTMLVideoElement, url: string): Promise<void> {
  video.srcObject = null;
  if (video.src === url) return;
  video.preload = "auto";
  video.src = url;
  await happened(video, url, "loadedmetadata");
  if (video.error || Number.isFinite(video.duration)) return;
  // A recording does not say how long it is, and cannot be sought until its end has been seen.
  for (const time_s of [BEHIND_S, 0]) {
    video.currentTime = time_s;
    await happened(video, url, "seeked");
  }
}

/** A clip that cannot be shown may have been read all the same. */
function happened(video: HTMLVideoElement, url: string, wanted: string): Promise<void> {
  return new Promise((resolve) => {
    const heard = () => {
      if (video.src === url) resolve();
      for (const event of [wanted, "error"]) video.removeEventListener(event, heard);
    };
    for (const event of [wanted, "error"]) video.addEventListener(event, heard);
  });
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
