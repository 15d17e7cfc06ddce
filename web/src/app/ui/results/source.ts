import type { FrameResult, HeadAnswer } from "../../../lib";

/** One frame, or a picture, and what was read in it. */
export interface ReadMoment {
  /** Within the clip; null for a picture. */
  readonly time_s: number | null;
  readonly result: FrameResult;
}

/** A clip, a recording of the camera or a picture, and what a model read in it. */
export interface ReadSource {
  /** The file's name, or what else it came from. */
  readonly source: string;
  readonly model: string;
  /** Whether the probabilities were eased over time. */
  readonly smooth?: boolean;
  /** The one that matters most, by its id; without it the one that is seen most. */
  readonly face?: number;
  readonly moments: readonly ReadMoment[];
}

export type HeadNames = Pick<HeadAnswer, "name" | "labels" | "unfamiliar">;

/** The questions that were asked, and whether the model tells unfamiliar faces, as the first face that was found has them. */
export function headsOf(sources: readonly ReadSource[]): readonly HeadNames[] {
  for (const { moments } of sources) {
    for (const { result } of moments) {
      const [face] = result.faces;
      if (face) return face.heads;
    }
  }
  return [];
}

/** The face that is seen in the most moments; -1 where there is none. */
export function mainFace(moments: readonly ReadMoment[]): number {
  const seen = new Map<number, number>();
  for (const { result } of moments) {
    for (const { id } of result.faces) seen.set(id, (seen.get(id) ?? 0) + 1);
  }
  const most = Math.max(0, ...seen.values());
  for (const [id, count] of seen) if (count === most) return id;
  return -1;
}
