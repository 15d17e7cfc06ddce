/** A clip's frames, whenever they come, as samples at one rate; plain arithmetic as `score`. */

import type { Curves, Values } from "./curves";

/** Frames further apart say nothing about the time between them. */
const LONGEST_GAP_S = 0.5;

/** A clip at the common rate. */
export interface Samples {
  readonly values: readonly (Values | null)[];
  readonly uncertain: readonly boolean[];
}

/** Straight lines between frames, from the first to the last. */
export function resample(curves: Curves, rate_hz: number): Samples {
  const first_s = curves.times_s[0] as number;
  const times = curves.times_s.map((time_s) => time_s - first_s);
  const last_s = times[times.length - 1] as number;
  // Rounded, so that n frames at this very rate give n samples.
  const count = Math.floor(last_s * rate_hz + 0.5) + 1;
  const values: (Values | null)[] = [];
  const uncertain: boolean[] = [];
  let right = 0;
  for (let sample = 0; sample < count; sample++) {
    const time_s = Math.min(sample / rate_hz, last_s);
    while (right < times.length - 1 && (times[right] as number) < time_s) right += 1;
    const around = surroundings(times, time_s, right);
    values.push(between(curves, time_s, around));
    uncertain.push(curves.uncertain[around.near] as boolean);
  }
  return { values, uncertain };
}

/** The frames before and after a time, which of them is nearer, and when the three are. */
interface Surroundings {
  readonly left: number;
  readonly right: number;
  readonly near: number;
  readonly left_s: number;
  readonly right_s: number;
  readonly near_s: number;
}

function surroundings(times: readonly number[], time_s: number, right: number): Surroundings {
  const left = Math.max(0, right - 1);
  const left_s = times[left] as number;
  const right_s = times[right] as number;
  return time_s - left_s <= right_s - time_s
    ? { left, right, left_s, right_s, near: left, near_s: left_s }
    : { left, right, left_s, right_s, near: right, near_s: right_s };
}

/** What is seen between two frames; the nearer one decides whether there is a face. */
function between(curves: Curves, time_s: number, around: Surroundings): Values | null {
  const { probabilities } = curves;
  const before = probabilities[around.left];
  const after = probabilities[around.right];
  const nearest = probabilities[around.near];
  const gap_s = around.right_s - around.left_s;
  if (!nearest || Math.abs(time_s - around.near_s) > LONGEST_GAP_S / 2) return null;
  if (!before || !after || gap_s > LONGEST_GAP_S || gap_s <= 0) return nearest;
  return mix(before, after, (time_s - around.left_s) / gap_s);
}

export function mix(before: Values, after: Values, part: number): Values {
  return before.map((old, i) => old + ((after[i] as number) - old) * part);
}
