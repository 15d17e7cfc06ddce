export interface Pace {
  readonly done_s: number;
  readonly duration_s: number;
  /** Seconds of the clip for each second that passed; null while it cannot be told. */
  readonly speed: number | null;
  readonly left_s: number | null;
}

/** Before, a start is mostly the opening of the file. */
const TELLING_S = 0.5;

/** How fast a clip is read, and how long that will take yet. */
export function paceOf(done_s: number, duration_s: number, passed_s: number): Pace {
  const known = passed_s >= TELLING_S && done_s > 0;
  const speed = known ? done_s / passed_s : null;
  const left_s = speed === null ? null : Math.max(0, duration_s - done_s) / speed;
  return { done_s, duration_s, speed, left_s };
}
