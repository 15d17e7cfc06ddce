import type { FrameResult } from "../core/messages";
import { Capture } from "./capture";
import { Presented } from "./presented";
import type { FaceStream } from "./stream";
import { unlessAborted } from "./unless_aborted";

export interface FollowOptions {
  /** Ends the following; without it, leaving the loop does. */
  readonly signal?: AbortSignal;
}

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

/** Reads a video that plays, one frame in flight, the newest next. Rejects when nothing runs. */
export async function* follow(
  stream: FaceStream,
  video: HTMLVideoElement,
  { signal }: FollowOptions = {},
): AsyncGenerator<LiveFrame, void, undefined> {
  const presented = new Presented(video);
  const capture = new Capture(video);
  let drops = 0;
  try {
    for (;;) {
      await stream.ready(signal);
      const { time_ms, media_s, missed } = await unlessAborted(presented.next(), signal);
      drops += missed;
      const result = await unlessAborted(read(stream, capture, time_ms, signal), signal);
      const latency_ms = performance.now() - time_ms;
      if (result) yield { result, time_s: time_ms / 1000, media_s, latency_ms, drops };
      else drops++;
    }
  } catch (error) {
    if (!signal?.aborted) throw error;
  } finally {
    presented.stop();
    stream.forget();
  }
}

async function read(
  stream: FaceStream,
  capture: Capture,
  time_ms: number,
  signal?: AbortSignal,
): Promise<FrameResult | null> {
  const picture = await capture.take();
  if (!signal?.aborted) return picture && stream.frame(picture, time_ms);
  // The stream has been forgotten: with this frame it would begin anew, for nobody.
  picture?.close();
  return null;
}
