import { type FaceReader, Fault, openClip, readClip } from "../../lib";
import type { Film, Footage, Moment } from "./film";

interface Reading {
  readonly signal: AbortSignal;
  /** How much of the clip has been read, from 0 to 1. */
  readonly onProgress: (part: number) => void;
}

/** Reads every frame of a clip, its leading face only and nothing smoothed. */
export async function readFilm(
  reader: FaceReader,
  footage: Footage,
  reading: Reading,
): Promise<Film> {
  const { signal } = reading;
  const before = await reader.ready(signal);
  const moments = await readMoments(reader, footage, reading);
  // Rejects when the model stopped on the way, which drops frames and refuses none.
  const { model } = await reader.ready(signal);
  if (model.name !== before.model.name) return readFilm(reader, footage, reading);
  if (moments.length === 0) throw new Fault("bad-clip", footage.name);
  return { ...footage, model: model.name, moments };
}

async function readMoments(
  reader: FaceReader,
  { blob, from_s }: Footage,
  { signal, onProgress }: Reading,
): Promise<Moment[]> {
  const clip = await openClip(blob, { signal });
  const stream = reader.stream({ faces: 1, smooth_ms: 0 });
  const moments: Moment[] = [];
  const progress = (done_s: number, whole_s: number) =>
    onProgress(whole_s > 0 ? Math.min(1, done_s / whole_s) : 1);
  try {
    for await (const read of readClip(stream, clip, { signal, onProgress: progress })) {
      const { time_s, result } = read;
      if (time_s >= from_s) moments.push({ time_s, face: result.faces[0] ?? null });
    }
  } finally {
    clip.close();
    stream.forget();
  }
  return moments;
}
