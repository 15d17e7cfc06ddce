import type { FrameResult } from "../core/messages";
import { Presented } from "./presented";
import type { FaceStream } from "./stream";

export interface LiveFrame {
  readonly result: FrameResult;
  /** When the frame was shown, on the page's clock. */
  readonly time_s: number;
  /** Its place in the clip; of a camera the time since it began. */
  readonly media_s: number;
  /** From the frame on the screen to its result. */
  readonly latency_ms: number;
  /** Frames that were shown and not read, so far. */
  readonly drops: number;
}

/** Reads a video that plays, one frame in flight, the newest next; ends with the signal. */
export async function* follow(
  stream: FaceStream,
  video: HTMLVideoElement,
  { signal }: { readonly signal: AbortSignal },
): AsyncGenerator<LiveFrame, void> {
  const presented = new Presented(video, signal);
  let count = 0;
  let drops = 0;
  try {
    for (;;) {
      await stream.ready(signal);
      const shown = await presented.after(count);
      if (!shown) return;
      if (count) drops += Math.max(0, shown.count - count - 1);
      count = shown.count;
      const result = await read(stream, video, shown.time_ms);
      if (signal.aborted) return;
      if (!result) drops++;
      else yield { result, drops, ...moment(shown) };
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    stream.forget();
  }
}

async function read(
  stream: FaceStream,
  video: HTMLVideoElement,
  time_ms: number,
): Promise<FrameResult | null> {
  const picture = await createImageBitmap(video).catch(() => null);
  return picture && stream.frame(picture, time_ms);
}

function moment({ time_ms, media_s }: { time_ms: number; media_s: number }) {
  return { time_s: time_ms / 1000, media_s, latency_ms: performance.now() - time_ms };
}
