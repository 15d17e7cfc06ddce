/** Which moments of two clips belong together; plain arithmetic as `score`. */

import type { Values } from "./curves";
import { mix, type Samples } from "./resample";
import { ScoreError } from "./score_error";
import type { ScoreOptions } from "./score_options";

/** A sample is the average over so long, for nets waver from frame to frame and actors do not. */
const EASED_S = 0.2;
/** An offset must make the clips this much more alike, or none is seen. */
const OFFSET_COST_PER_S = 0.02;
/** So much must change for an earlier or later moment to be taken for the same. */
const WARP_COST = 0.25;

/** A sample of the first clip, one of the other, and how many samples the step to it has used up. */
export type Pair = readonly [one: number, other: number, used: number];

/** The parts of both clips that are compared, of one length and eased, and what meets what. */
export interface Aligned {
  readonly one: Samples;
  readonly other: Samples;
  /** The sample of the first clip with which its part begins. */
  readonly start: number;
  /** By how many samples the other clip is late. */
  readonly offset: number;
  /** Samples of the two parts. */
  readonly steps: readonly Pair[];
}

/** Offset, then warp; both are found in an order that does not depend on which comes first. */
export function alignClips(ours: Samples, theirs: Samples, options: ScoreOptions): Aligned {
  const swapped = precedes(theirs, ours);
  // Taken from 0, for -0 is not what Python tells.
  const offset = swapped ? 0 - offsetOf(theirs, ours, options) : offsetOf(ours, theirs, options);
  const { start, length } = overlap(ours.values.length, theirs.values.length, offset);
  const one = eased(cut(ours, start, length), options.rate_hz);
  const other = eased(cut(theirs, start + offset, length), options.rate_hz);
  const steps = swapped
    ? warp(other, one, options).map(([j, i, used]): Pair => [i, j, used])
    : warp(one, other, options);
  return { one, other, start, offset, steps };
}

/** The steps as samples of the two clips. */
export function pathOf({ start, offset, steps }: Aligned): Pair[] {
  return steps.map(([i, j, used]) => [i + start, j + start + offset, used]);
}

/** Half of all differences: 0 for the same answer, 1 for another with certainty. */
export function distance(one: Values, other: Values): number {
  let total = 0;
  for (let i = 0; i < one.length; i++) {
    total += Math.abs((one[i] as number) - (other[i] as number));
  }
  return total / 2;
}

function cut({ values, uncertain }: Samples, start: number, length: number): Samples {
  const stop = start + length;
  return { values: values.slice(start, stop), uncertain: uncertain.slice(start, stop) };
}

/** Each sample the average of its surroundings; one without a face stays so. */
function eased({ values, uncertain }: Samples, rate_hz: number): Samples {
  const reach = samplesIn(EASED_S / 2, rate_hz);
  const easedAt = (i: number, own: Values | null) =>
    own && mean(values, Math.max(0, i - reach), Math.min(values.length, i + reach + 1), own.length);
  return { values: values.map((own, i) => easedAt(i, own)), uncertain };
}

function mean(values: readonly (Values | null)[], from: number, to: number, width: number): Values {
  const sums = new Array<number>(width).fill(0);
  let seen = 0;
  for (let at = from; at < to; at++) {
    const row = values[at];
    if (!row) continue;
    seen += 1;
    for (let i = 0; i < width; i++) sums[i] = (sums[i] as number) + (row[i] as number);
  }
  for (let i = 0; i < width; i++) sums[i] = (sums[i] as number) / seen;
  return sums;
}

/** Any order will do that knows equal from different: the shorter first, then by values. */
function precedes(one: Samples, other: Samples): boolean {
  if (one.values.length !== other.values.length) return one.values.length < other.values.length;
  for (let i = 0; i < one.values.length; i++) {
    const order = compared(one.values[i] ?? null, other.values[i] ?? null);
    if (order !== 0) return order < 0;
  }
  return false;
}

/** Below 0 if the first comes before, above 0 if after; no face comes before any. */
function compared(one: Values | null, other: Values | null): number {
  if (!one || !other) return Number(one !== null) - Number(other !== null);
  const at = one.findIndex((value, i) => value !== other[i]);
  return at < 0 ? 0 : (one[at] as number) - (other[at] as number);
}

/** By how many samples the second is late; of equally good offsets the smallest. */
function offsetOf(first: Samples, second: Samples, options: ScoreOptions): number {
  const one = filled(first);
  const other = filled(second);
  const most = Math.min(
    samplesIn(options.max_offset_s, options.rate_hz),
    Math.floor(Math.min(one.length, other.length) / 2),
  );
  let best = 0;
  let best_cost = ENDLESS;
  for (let size = 0; size <= most; size++) {
    const cost = (OFFSET_COST_PER_S * size) / options.rate_hz;
    for (const offset of size > 0 ? [size, -size] : [0]) {
      const mean = meanDistance(one, other, offset, cost, best_cost);
      if (mean === null) continue;
      best = offset;
      best_cost = mean;
    }
  }
  return best;
}

/** A sample of both, at an offset that costs so much, on average; null if no less than `limit`. */
function meanDistance(
  one: readonly Values[],
  other: readonly Values[],
  offset: number,
  cost: number,
  limit: number,
): number | null {
  const { start, length } = overlap(one.length, other.length, offset);
  let total = cost * length;
  for (let i = start; i < start + length; i++) {
    total += distance(one[i] as Values, other[i + offset] as Values);
    if (total >= limit * length) return null;
  }
  return total / length;
}

/** Where the first clip's part that the second covers begins, and how long it is. */
function overlap(one: number, other: number, offset: number): { start: number; length: number } {
  const start = Math.max(0, -offset);
  return { start, length: Math.min(one, other - offset) - start };
}

/** Straight lines over samples without a face, for these must not lead the alignment. */
function filled({ values }: Samples): Values[] {
  const seen = values.flatMap((own, i) => (own ? [i] : []));
  if (seen.length === 0)
    throw new ScoreError("a clip shows no face, so there is nothing to compare", "no-face");
  let after = 0;
  return values.map((_, i) => {
    while (after < seen.length - 1 && (seen[after] as number) < i) after += 1;
    const right = seen[after] as number;
    const left = after > 0 && right > i ? (seen[after - 1] as number) : right;
    const [before, later] = [values[left] as Values, values[right] as Values];
    return right > left ? mix(before, later, (i - left) / (right - left)) : later;
  });
}

const ENDLESS = Number.POSITIVE_INFINITY;
const BOTH = 0;
const FIRST = 1;
const SECOND = 2;

/**
 * Dynamic time warping of two parts of one length, within a band around the diagonal.
 *
 * A step onward in both uses two samples and counts twice, a step in one of them once.
 */
function warp(first: Samples, second: Samples, options: ScoreOptions): Pair[] {
  const one = filled(first);
  const other = filled(second);
  const band = samplesIn(options.band_s, options.rate_hz);
  const width = 2 * band + 1;
  let [before, now] = [new Float64Array(width + 1).fill(ENDLESS), new Float64Array(width + 1)];
  const moves = new Uint8Array(one.length * width);
  for (let i = 0; i < one.length; i++) {
    now.fill(ENDLESS);
    const stop = Math.min(width, band + other.length - i);
    for (let k = Math.max(0, band - i); k < stop; k++) {
      const cost = distance(one[i] as Values, other[i + k - band] as Values);
      if (i === 0 && k === band) now[k] = 2 * cost;
      else moves[i * width + k] = cheapest(before, now, k, cost);
    }
    [before, now] = [now, before];
  }
  return walkBack(moves, one.length, band).reverse();
}

/** Writes what it costs to come to `now[k]`, and tells by which move. */
function cheapest(before: Float64Array, now: Float64Array, k: number, cost: number): number {
  const held = cost + WARP_COST;
  let best = (before[k] as number) + 2 * cost;
  let move = BOTH;
  const first = (before[k + 1] as number) + held;
  if (first < best) {
    best = first;
    move = FIRST;
  }
  const second = k > 0 ? (now[k - 1] as number) + held : ENDLESS;
  if (second < best) {
    best = second;
    move = SECOND;
  }
  now[k] = best;
  return move;
}

function walkBack(moves: Uint8Array, length: number, band: number): Pair[] {
  const pairs: Pair[] = [];
  const width = 2 * band + 1;
  let i = length - 1;
  let j = i;
  while (i > 0 || j > 0) {
    const move = moves[i * width + j - i + band];
    pairs.push([i, j, move === BOTH ? 2 : 1]);
    if (move !== SECOND) i -= 1;
    if (move !== FIRST) j -= 1;
  }
  pairs.push([0, 0, 2]);
  return pairs;
}

function samplesIn(time_s: number, rate_hz: number): number {
  return Math.floor(time_s * rate_hz + 0.5);
}
