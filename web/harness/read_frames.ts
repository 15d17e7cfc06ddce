import { asFault } from "../src/core/fault";
import type { ClipFrame, ClipWay } from "../src/lib/clip/clip";
import { openClip } from "../src/lib/clip/open_clip";
import { fetchBytes } from "./files";

export interface OnFrames {
  readonly clip: string;
  readonly how: ClipWay | null;
  /** Only so much of the file. */
  readonly bytes?: number;
  /** Abort once so many frames have been taken. */
  readonly abort_after?: number;
}

interface Read {
  readonly time_s: number;
  /** The picture at 8 × 8, as grey. */
  readonly grey: readonly number[];
}

const SIDE = 8;

/** Every frame of a clip, and how it ended: with null, a fault's code or an error's name. */
export async function readFrames({ clip, how, bytes, abort_after }: OnFrames) {
  const file = new Blob([(await fetchBytes(clip)).slice(0, bytes)]);
  const frames: Read[] = [];
  let shape = {};
  const ended = await endOf(async () => {
    const abort = new AbortController();
    const opened = await openClip(file, { signal: abort.signal, ...(how && { how }) });
    const { width, height, duration_s } = opened;
    shape = { width, height, duration_s, how: opened.how };
    for await (const frame of opened.frames(abort.signal)) {
      frames.push(look(frame));
      if (frames.length === abort_after) abort.abort();
    }
    opened.close();
  });
  return { ...shape, ended, frames };
}

/** Frames per second, read and thrown away. */
export async function timeFrames({ clip, how }: OnFrames) {
  const opened = await openClip(new Blob([await fetchBytes(clip)]), how ? { how } : {});
  const start = performance.now();
  let count = 0;
  for await (const { picture } of opened.frames()) {
    picture.close();
    count++;
  }
  opened.close();
  return { count, per_s: (count * 1000) / (performance.now() - start) };
}

async function endOf(work: () => Promise<void>): Promise<string | null> {
  try {
    await work();
    return null;
  } catch (error) {
    return error instanceof DOMException ? error.name : asFault(error).code;
  }
}

function look({ picture, time_s }: ClipFrame): Read & { width: number; height: number } {
  const { width, height } = picture;
  const canvas = new OffscreenCanvas(SIDE, SIDE);
  const context = canvas.getContext("2d", { willReadFrequently: true });
  if (!context) throw new Error("no 2D canvas is to be had here");
  context.imageSmoothingQuality = "high";
  context.drawImage(picture, 0, 0, SIDE, SIDE);
  picture.close();
  const { data } = context.getImageData(0, 0, SIDE, SIDE);
  const grey = Array.from({ length: SIDE * SIDE }, (_, i) => data[4 * i + 1] as number);
  return { time_s: time_s, grey, width, height };
}
