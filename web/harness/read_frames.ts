import { asFault } from "../src/core/fault";
import type { Clip, ClipFrame, ClipWay } from "../src/lib/clip/clip";
import { openClip } from "../src/lib/clip/open_clip";
import { countPictures } from "./count_pictures";
import { fetchBytes } from "./files";

export interface OnFrames {
  readonly clip: string;
  /** Null leaves the choice to the clip. */
  readonly how: ClipWay | null;
  /** Only so much of the file. */
  readonly bytes?: number;
  /** How long whoever takes a frame is busy with it. */
  readonly busy_ms?: number;
  /** After so many frames, ... */
  readonly stop_after?: number;
  readonly stop_by?: "abort" | "close";
}

interface Seen {
  readonly time_s: number;
  readonly width: number;
  readonly height: number;
  /** The picture at 8 × 8, row by row: red, green and blue. */
  readonly rgb: readonly number[];
}

const SIDE = 8;
const SETTLED_MS = 5000;

/** Every frame of a clip, and how it ended: null, a fault's code or an error's name. */
export async function readFrames(asked: OnFrames) {
  const file = new Blob([(await fetchBytes(asked.clip)).slice(0, asked.bytes)]);
  const frames: Seen[] = [];
  const pictures = countPictures();
  let about = {};
  const ended = await endOf(async () => {
    const clip = await openClip(file, asked.how ? { how: asked.how } : {});
    const { width, height, duration_s, how } = clip;
    about = { width, height, duration_s, how };
    await read(clip, asked, frames);
    clip.close();
  });
  await until(() => pictures.count.open === 0);
  pictures.stop();
  return { ...about, ended, frames, pictures: pictures.count };
}

async function read(clip: Clip, asked: OnFrames, frames: Seen[]): Promise<void> {
  const abort = new AbortController();
  for await (const frame of clip.frames(abort.signal)) {
    frames.push(look(frame));
    if (asked.busy_ms) await pause(asked.busy_ms);
    if (frames.length !== asked.stop_after) continue;
    if (asked.stop_by === "close") clip.close();
    else abort.abort();
  }
}

async function endOf(work: () => Promise<void>): Promise<string | null> {
  try {
    await work();
    return null;
  } catch (error) {
    return error instanceof DOMException ? error.name : asFault(error).code;
  }
}

async function until(condition: () => boolean): Promise<void> {
  const end = performance.now() + SETTLED_MS;
  while (!condition() && performance.now() < end) await pause(5);
}

function pause(time_ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, time_ms));
}

function look({ picture, time_s }: ClipFrame): Seen {
  const { width, height } = picture;
  const canvas = new OffscreenCanvas(SIDE, SIDE);
  const context = canvas.getContext("2d", { willReadFrequently: true });
  if (!context) throw new Error("no 2D canvas is to be had here");
  context.imageSmoothingQuality = "high";
  context.drawImage(picture, 0, 0, SIDE, SIDE);
  picture.close();
  const { data } = context.getImageData(0, 0, SIDE, SIDE);
  return { time_s, width, height, rgb: [...data].filter((_, i) => i % 4 !== 3) };
}
