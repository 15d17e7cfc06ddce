import { cameraFault } from "../../lib";

export { closeCamera, openCamera } from "../../lib";

export interface CameraName {
  readonly id: string;
  readonly name: string;
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

/** Whether it looks at what is behind the screen, which nobody expects mirrored. */
export function facesAway(stream: MediaStream): boolean {
  return stream.getVideoTracks()[0]?.getSettings().facingMode === "environment";
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
