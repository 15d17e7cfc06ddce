import type { FrameResult } from "../../core/messages";
import { unlessAborted } from "../unless_aborted";
import type { Clip } from "./clip";

/** What is needed of a `FaceStream`. */
export interface ReadsFrames {
  /** Rejects when nothing runs any more; without it, the frames that follow are dropped. */
  ready?(signal?: AbortSignal): Promise<unknown>;
  /** Takes the picture over; null when it was dropped. */
  frame(picture: ImageBitmap, time_ms: number): Promise<FrameResult | null>;
}

export interface ReadOptions {
  readonly signal?: AbortSignal;
  /** After each frame: how far the clip has been read. */
  readonly onProgress?: (done_s: number, duration_s: number) => void;
}

export interface ReadFrame {
  readonly time_s: number;
  readonly result: FrameResult;
}

/** Reads a clip to its end; while one frame is read, the next is decoded. */
export async function* readClip(
  stream: ReadsFrames,
  clip: Clip,
  { signal, onProgress }: ReadOptions = {},
): AsyncGenerator<ReadFrame, void, undefined> {
  for await (const { picture, time_s } of clip.frames(signal)) {
    const result = await unlessAborted(read(stream, picture, time_s * 1000, signal), signal);
    onProgress?.(time_s, clip.duration_s);
    if (result) yield { time_s, result };
  }
  onProgress?.(clip.duration_s, clip.duration_s);
}

async function read(
  stream: ReadsFrames,
  picture: ImageBitmap,
  time_ms: number,
  signal?: AbortSignal,
): Promise<FrameResult | null> {
  try {
    await stream.ready?.(signal);
    signal?.throwIfAborted();
  } catch (error) {
    picture.close();
    throw error;
  }
  return stream.frame(picture, time_ms);
}
