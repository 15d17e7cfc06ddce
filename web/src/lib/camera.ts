import { Fault } from "../core/fault";

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

/** Why a camera did not open or play. */
export function cameraFault(error: unknown): Fault {
  // Not every browser's OverconstrainedError is a DOMException, or even an Error.
  const { name = String(error) } = Object(error) as { readonly name?: string };
  if (name === "NotAllowedError" || name === "SecurityError") {
    return new Fault("camera-denied", name);
  }
  if (name === "NotFoundError" || name === "OverconstrainedError") {
    return new Fault("camera-missing", name);
  }
  return new Fault("camera-failed", name);
}
