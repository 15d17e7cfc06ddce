import { Fault } from "./fault";

/** Shows the camera in `video`. */
export async function openCamera(video: HTMLVideoElement): Promise<void> {
  if (!navigator.mediaDevices) throw new Fault("camera-missing", location.protocol);
  try {
    const wish = { facingMode: "user", width: { ideal: 1280 }, height: { ideal: 720 } };
    video.srcObject = await navigator.mediaDevices.getUserMedia({ video: wish, audio: false });
    await video.play();
  } catch (error) {
    throw cameraFault(error);
  }
}

/** Shows a clip from a file in `video`, over and over. */
export async function openClip(video: HTMLVideoElement, file: File): Promise<void> {
  video.src = URL.createObjectURL(file);
  video.loop = true;
  try {
    await video.play();
  } catch {
    throw new Fault("bad-clip", file.name);
  }
}

export async function openPicture(file: File): Promise<ImageBitmap> {
  try {
    return await createImageBitmap(file);
  } catch {
    throw new Fault("bad-picture", file.name);
  }
}

/** Lets go of the camera or the clip. */
export function close(video: HTMLVideoElement): void {
  video.pause();
  if (video.srcObject instanceof MediaStream) {
    for (const track of video.srcObject.getTracks()) track.stop();
  }
  if (video.src) URL.revokeObjectURL(video.src);
  video.srcObject = null;
  video.removeAttribute("src");
  video.load();
}

function cameraFault(error: unknown): Fault {
  const name = error instanceof DOMException ? error.name : String(error);
  if (name === "NotAllowedError" || name === "SecurityError") {
    return new Fault("camera-denied", name);
  }
  if (name === "NotFoundError" || name === "OverconstrainedError") {
    return new Fault("camera-missing", name);
  }
  return new Fault("camera-failed", name);
}
