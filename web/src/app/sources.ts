import { Fault } from "../core/fault";

/** What the stage's video can show: the camera or a clip. */
export type Film = MediaStream | File;

/** Asks for the camera; `lost` is called when it goes away by itself. Whoever has it closes it. */
export async function openCamera(lost: () => void): Promise<MediaStream> {
  if (!navigator.mediaDevices) throw new Fault("camera-missing", location.protocol);
  const wish = { facingMode: "user", width: { ideal: 1280 }, height: { ideal: 720 } };
  try {
    const stream = await navigator.mediaDevices.getUserMedia({ video: wish, audio: false });
    for (const track of stream.getTracks()) track.addEventListener("ended", lost);
    return stream;
  } catch (error) {
    throw cameraFault(error);
  }
}

/** Shows a film in `video`; a clip over and over. */
export async function play(video: HTMLVideoElement, film: Film): Promise<void> {
  const isClip = film instanceof File;
  video.loop = isClip;
  if (isClip) video.src = URL.createObjectURL(film);
  else video.srcObject = film;
  try {
    await video.play();
  } catch (error) {
    throw isClip ? new Fault("bad-clip", film.name) : cameraFault(error);
  }
}

export async function openPicture(file: File): Promise<ImageBitmap> {
  try {
    return await createImageBitmap(file);
  } catch {
    throw new Fault("bad-picture", file.name);
  }
}

/** Lets go of what `video` shows. */
export function clear(video: HTMLVideoElement): void {
  video.pause();
  if (video.srcObject instanceof MediaStream) close(video.srcObject);
  if (video.src) URL.revokeObjectURL(video.src);
  video.srcObject = null;
  video.removeAttribute("src");
  video.load();
}

/** Turns a camera off. */
export function close(film: Film): void {
  if (film instanceof File) return;
  for (const track of film.getTracks()) track.stop();
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
