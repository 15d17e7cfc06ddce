import { Fault } from "../../lib";
import { Recording } from "./recording";

export interface Scene {
  readonly camera: MediaStream;
  /** What plays beside it; null where nothing does. */
  readonly reference: HTMLVideoElement | null;
  readonly length_s: number;
  /** Aborted when the actor has done. */
  readonly done: AbortSignal;
  /** Aborted when nobody wants the recording. */
  readonly signal: AbortSignal;
}

export interface Recorded {
  readonly blob: Blob;
  /** How long the camera was recorded before the scene began. */
  readonly from_s: number;
}

/** Records the camera for as long as the reference plays, or would play, or until it is done. */
export async function recordAlong(scene: Scene): Promise<Recorded> {
  const { camera, reference, signal } = scene;
  signal.throwIfAborted();
  const recording = await Recording.start(camera);
  try {
    if (reference) await play(reference);
    const from_s = (performance.now() - recording.begun_ms) / 1000;
    await over(scene);
    signal.throwIfAborted();
    return { blob: await recording.stop(), from_s };
  } finally {
    recording.drop();
    reference?.pause();
  }
}

async function play(video: HTMLVideoElement): Promise<void> {
  await video.play().catch(() => {
    throw new Fault("bad-clip", "");
  });
}

function over({ reference, length_s, done, signal }: Scene): Promise<void> {
  const settled = new AbortController();
  const once = { once: true, signal: settled.signal };
  return new Promise<void>((resolve) => {
    const end = () => resolve();
    const timer = reference ? undefined : setTimeout(end, length_s * 1000);
    settled.signal.addEventListener("abort", () => clearTimeout(timer));
    reference?.addEventListener("ended", end, once);
    for (const each of [done, signal]) {
      if (each.aborted) end();
      each.addEventListener("abort", end, once);
    }
  }).finally(() => settled.abort());
}
