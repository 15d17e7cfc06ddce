import { Fault } from "../../lib";

export interface CameraName {
  readonly id: string;
  readonly name: string;
}

/** Asks for a camera; `lost` is called when it goes away by itself. Whoever has it closes it. */
export async function openCamera(id: string | null, lost: () => void): Promise<MediaStream> {
  if (!navigator.mediaDevices) throw new Fault("camera-missing", location.protocol);
  const which = id ? { deviceId: { exact: id } } : { facingMode: "user" };
  const wish = { ...which, width: { ideal: 1280 }, height: { ideal: 720 } };
  try {
    const stream = await navigator.mediaDevices.getUserMedia({ video: wish, audio: false });
    for (const track of stream.getTracks()) track.addEventListener("ended", lost);
    return stream;
  } catch (error) {
    throw cameraFault(error);
  }
}

/** Turns a camera off. */
export function closeCamera(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}

/** Names are known once a camera was allowed. */
export async function listCameras(): Promise<CameraName[]> {
  const devices = (await navigator.mediaDevices?.enumerateDevices().catch(() => [])) ?? [];
  return devices
    .filter(({ kind, deviceId }) => kind === "videoinput" && deviceId)
    .map(({ deviceId, label }, i) => ({ id: deviceId, name: label || `${i + 1}` }));
}

/** Which of the cameras a stream comes from. */
export function cameraId(stream: MediaStream): string | null {
  return stream.getVideoTracks()[0]?.getSettings().deviceId ?? null;
}

export function cameraFault(error: unknown): Fault {
  const name = error instanceof DOMException ? error.name : String(error);
  if (name === "NotAllowedError" || name === "SecurityError") {
    return new Fault("camera-denied", name);
  }
  if (name === "NotFoundError" || name === "OverconstrainedError") {
    return new Fault("camera-missing", name);
  }
  return new Fault("camera-failed", name);
}

/** Shows a camera in `video`; resolves with its first frame. */
export async function play(video: HTMLVideoElement, camera: MediaStream): Promise<void> {
  video.srcObject = camera;
  try {
    await video.play();
  } catch (error) {
    throw cameraFault(error);
  }
}
