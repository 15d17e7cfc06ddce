/** Clips made of numbers, for the tests: what a net would say of somebody who acts. */

import type { Curves } from "./curves";

export const LABELS = ["angry", "disgust", "fear", "happy", "neutral", "sad", "surprise"] as const;
const RATE_HZ = 30;
const FAINT = 0.05;
const RISE_S = 0.4;

export type Label = (typeof LABELS)[number];
export type Rows = readonly (readonly number[])[];

export interface Played {
  readonly from_s: number;
  readonly to_s: number;
  readonly label: Label;
  readonly height: number;
}

export const SMILE: Played = { from_s: 2, to_s: 5, label: "happy", height: 0.9 };

/** Rows of probabilities: neutral but for what is played, which comes and goes smoothly. */
export function acted(played: readonly Played[], seconds = 8): Rows {
  return Array.from({ length: Math.round(seconds * RATE_HZ) }, (_, frame) => {
    const time_s = frame / RATE_HZ;
    const levels: number[] = LABELS.map((label) =>
      played.reduce((sum, each) => sum + (each.label === label ? level(each, time_s) : 0), 0),
    );
    const rest = Math.max(0, 1 - total(levels));
    return shares(levels.map((own, i) => own + (LABELS[i] === "neutral" ? rest : 0) + FAINT / 7));
  });
}

function level({ from_s, to_s, height }: Played, time_s: number): number {
  const nearest_s = Math.min(time_s - from_s, to_s - time_s);
  return height * Math.min(1, Math.max(0, nearest_s / RISE_S));
}

function total(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}

function shares(levels: readonly number[]): number[] {
  const positive = levels.map((value) => Math.max(1e-6, value));
  const sum = total(positive);
  return positive.map((value) => value / sum);
}

/** Numbers from 0 to 1 that are the same for the same seed (mulberry32). */
export function random(seed: number): () => number {
  let state = seed * 7919;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Of mean 0 and deviation 1 (Box-Muller). */
function normal(next: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
}

export function noisy(rows: Rows, sigma: number, seed: number): Rows {
  const next = random(seed);
  return rows.map((row) => shares(row.map((value) => value + sigma * normal(next))));
}

/** Another emotion every second or so, and none of them pure. */
export function wandering(seed: number, seconds = 8): Rows {
  const next = random(seed);
  let at = LABELS.map(() => 0);
  return Array.from({ length: seconds * RATE_HZ }, () => {
    at = at.map((value) => value + 0.3 * normal(next));
    return shares(at.map(Math.exp));
  });
}

/** The frames as a trace would hand them to the score. */
export function clip(rows: Rows): Curves {
  return {
    labels: LABELS,
    times_s: rows.map((_, i) => i / RATE_HZ),
    probabilities: rows,
    uncertain: rows.map(() => false),
  };
}

/** The same without a face for a while. */
export function faceless(curves: Curves, start_s: number, stop_s: number): Curves {
  const within = (time_s: number) => start_s <= time_s && time_s < stop_s;
  const probabilities = curves.probabilities.map((row, i) =>
    within(curves.times_s[i] as number) ? null : row,
  );
  return { ...curves, probabilities };
}

/** Of another length with each seed, at uneven times, unsure here and there, with two gaps. */
export function rough(seed: number): Curves {
  const next = random(seed);
  const made = clip(wandering(seed).slice(0, 240 - (seed % 7) * 9));
  let time_s = 0;
  const uneven = {
    ...made,
    times_s: made.times_s.map(() => {
      time_s += 0.01 + 0.05 * next();
      return time_s;
    }),
    uncertain: made.uncertain.map(() => next() < 0.3),
  };
  const [first_s, second_s] = [3 * next(), 3 + 2 * next()];
  return faceless(faceless(uneven, first_s, first_s + 0.4), second_s, second_s + 0.7);
}
