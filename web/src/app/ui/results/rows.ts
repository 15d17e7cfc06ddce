import type { Box, HeadAnswer } from "../../../lib";
import type { ReadMoment, ReadSource } from "./source";

/** One face of one frame; a frame without a face has a row all the same. */
export interface Row {
  readonly source: string;
  readonly model: string;
  readonly smooth: boolean;
  /** The frame's number within its clip, or the picture's among the pictures. */
  readonly index: number;
  readonly time_s: number | null;
  readonly face: number | null;
  readonly box: Box | null;
  readonly heads: readonly HeadAnswer[];
}

/** One row for each frame and face, in the order of time. */
export function rows(sources: readonly ReadSource[]): Row[] {
  return sources.flatMap((source, picture) =>
    source.moments.flatMap((moment, frame) =>
      rowsOf(source, moment, moment.time_s === null ? picture : frame),
    ),
  );
}

function rowsOf(from: ReadSource, { time_s, result }: ReadMoment, index: number): Row[] {
  const { source, model, smooth = false } = from;
  const nobody: Row = { source, model, smooth, index, time_s, face: null, box: null, heads: [] };
  if (!result.faces.length) return [nobody];
  return result.faces.map(({ id, box, heads }) => ({ ...nobody, face: id, box, heads }));
}
