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
    const begun_ms = reference ? await play(reference) : fixed(performance.now());
    await over(scene);
    signal.throwIfAborted();
    const from_s = Math.max(0, begun_ms() - recording.begun_ms) / 1000;
    return { blob: await recording.stop(), from_s };
  } finally {
    recording.drop();
    reference?.pause();
  }
}

function fixed(time_ms: number): () => number {
  return () => time_ms;
}

/** Plays from the beginning; tells when, on the page's clock, the actor saw that. */
async function play(video: HTMLVideoElement): Promise<() => number> {
  let begun_ms: number | null = null;
  const look: VideoFrameRequestCallback = (_now, { mediaTime, expectedDisplayTime }) => {
    if (mediaTime > 0) begun_ms = expectedDisplayTime - mediaTime * 1000;
    else video.requestVideoFrameCallback(look);
  };
  video.requestVideoFrameCallback(look);
  await video.play().catch(() => {
    throw new Fault("bad-clip", "");
  });
  const playing_ms = performance.now();
  return () => begun_ms ?? playing_ms;
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
