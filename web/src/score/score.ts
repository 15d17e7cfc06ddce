/**
 * The acting score: how alike two clips' emotions are over time. docs/score.md explains the rule.
 *
 * The same as train/score.py, in the same order of operations, so that both give the same doubles
 * to the last bit: tests/golden/score.json holds them to it. Hence also the names of the fields.
 */

import { type Aligned, alignClips, distance, type Pair, pathOf } from "./align_clips";
import type { Curves, Values } from "./curves";
import { resample } from "./resample";
import { ScoreError } from "./score_error";
import { DEFAULTS, type ScoreOptions } from "./score_options";

/** More than anybody acts in one take; what is longer would keep a computer busy for long. */
const LONGEST_S = 3600;
/** Of a difference much smaller than this little is lost, of a larger one nearly all. */
const WAVERING = 0.1;
/** A moment that stands out from the clips' average by less counts no less. */
const FAINT = 0.1;
/** In a second that scores less, what is early or late cannot be told. */
const TELLING = 40;
/** What a pair of frames with an uncertain one counts towards the certainty. */
const UNCERTAIN_WORTH = 0.5;

export interface EmotionPart {
  readonly label: string;
  readonly score: number;
  /** How much of the whole this is; all shares make 1. */
  readonly share: number;
}

/** One second of the reference; null where there is nothing to compare. */
export interface SecondPart {
  readonly score: number | null;
  readonly share: number;
  /**
   * How much later than the offset alone the take is; early is negative. Null where the two are
   * too unlike to tell.
   */
  readonly late_s: number | null;
  readonly certainty: number;
}

export interface Score {
  /** From 0 to 100, of the frames that can be compared. */
  readonly score: number;
  /** From 0 to 1: how much of the clips that is. */
  readonly certainty: number;
  /** How much later the take begins; negative where it begins earlier. */
  readonly offset_s: number;
  readonly emotions: readonly EmotionPart[];
  readonly seconds: readonly SecondPart[];
  readonly path: readonly Pair[];
}

/** Two samples that the alignment holds against each other, both with a face. */
interface Meeting {
  /** Of the reference. */
  readonly sample: number;
  /** How many samples later the take is than the offset alone. */
  readonly lag: number;
  readonly used: number;
  readonly unsure: boolean;
  readonly one: Values;
  readonly other: Values;
}

interface Weighed extends Meeting {
  readonly weight: number;
}

/** Under two curves: what they share, and what they cover together. */
class Areas {
  shared = 0;
  covered = 0;

  add(one: number, other: number, weight: number): void {
    const apart = Math.abs(one - other);
    const higher = Math.max(one, other);
    this.shared += weight * (higher - (apart * apart) / (apart + WAVERING));
    this.covered += weight * higher;
  }
}

/** Compare two clips; which of them is the reference decides only how the parts are told. */
export function score(reference: Curves, take: Curves, options: Partial<ScoreOptions> = {}): Score {
  const all = { ...DEFAULTS, ...options };
  checkLabels(reference.labels, take.labels);
  check("reference", reference);
  check("take", take);
  const ours = resample(reference, all.rate_hz);
  const theirs = resample(take, all.rate_hz);
  const [samples, others] = [ours.values.length, theirs.values.length];
  const aligned = alignClips(ours, theirs, all);
  const meetings = meetingsOf(aligned);
  const path = pathOf(aligned);
  const whole = areasOf(meetings);
  return {
    score: points(whole),
    certainty: worth(meetings) / (2 * Math.max(samples, others)),
    offset_s: aligned.offset / all.rate_hz,
    emotions: emotionsOf(meetings, reference.labels, whole.covered),
    seconds: secondsOf(meetings, samples, path, all.rate_hz, whole.covered),
    path,
  };
}

function checkLabels(ours: readonly string[], theirs: readonly string[]): void {
  if (ours.length === theirs.length && ours.every((label, i) => label === theirs[i])) return;
  throw new ScoreError(`the labels differ: ${ours.join(", ")} and ${theirs.join(", ")}`);
}

function check(which: string, { labels, times_s, probabilities, uncertain }: Curves): void {
  checkTimes(which, times_s);
  const rows = probabilities.every((row) => row === null || row.length === labels.length);
  const frames = times_s.length;
  // Python cannot read past the end of a list; here it would give NaN for a score.
  if (!rows || probabilities.length !== frames || uncertain.length !== frames) {
    throw new ScoreError(`the ${which}'s lists are not of one length`);
  }
}

function checkTimes(which: string, times_s: readonly number[]): void {
  const [first_s, last_s] = [times_s[0], times_s.at(-1)];
  if (first_s === undefined || last_s === undefined) {
    throw new ScoreError(`the ${which} holds no frame`, "empty");
  }
  const rise = times_s.every((time_s, i) => i === 0 || (times_s[i - 1] as number) < time_s);
  if (!rise || !times_s.every(Number.isFinite)) {
    throw new ScoreError(`the ${which}'s times do not rise from frame to frame`);
  }
  if (last_s - first_s > LONGEST_S) {
    throw new ScoreError(
      `the ${which} lasts longer than ${LONGEST_S / 3600} h: cut it`,
      "too-long",
    );
  }
}

/** Where both show a face; moments that stand out from the average of both weigh more. */
function meetingsOf({ one: ours, other: theirs, start, steps }: Aligned): Weighed[] {
  const seen: Meeting[] = [];
  for (const [i, j, used] of steps) {
    const one = ours.values[i];
    const other = theirs.values[j];
    if (!one || !other) continue;
    const unsure = Boolean(ours.uncertain[i] || theirs.uncertain[j]);
    seen.push({ sample: i + start, lag: j - i, used, unsure, one, other });
  }
  if (seen.length === 0) {
    throw new ScoreError(
      "at no time do both clips show a face, so there is nothing to compare",
      "never-together",
    );
  }
  const average = averageOf(seen);
  return seen.map((each) => ({ ...each, weight: each.used * standingOut(each, average) }));
}

function averageOf(meetings: readonly Meeting[]): Values {
  const sums = new Array<number>(meetings[0]?.one.length ?? 0).fill(0);
  let used = 0;
  for (const each of meetings) {
    used += each.used;
    for (let i = 0; i < sums.length; i++) {
      const both = (each.one[i] as number) + (each.other[i] as number);
      sums[i] = (sums[i] as number) + each.used * both;
    }
  }
  return sums.map((total) => total / (2 * used));
}

function standingOut({ one, other }: Meeting, average: Values): number {
  const far = Math.max(distance(one, average), distance(other, average));
  return FAINT * FAINT + far * far;
}

function areasOf(meetings: readonly Weighed[]): Areas {
  const areas = new Areas();
  for (const { one, other, weight } of meetings) {
    for (let i = 0; i < one.length; i++) {
      areas.add(one[i] as number, other[i] as number, weight);
    }
  }
  return areas;
}

/** Flat at the top, where two traces of one film may lie, and steep in the middle. */
function points({ shared, covered }: Areas): number {
  const ratio = covered > 0 ? shared / covered : 1;
  const square = ratio * ratio;
  return 100 * square * square * (3 - 2 * square);
}

/** How many samples of both clips are compared, uncertain ones by less. */
function worth(meetings: readonly Meeting[]): number {
  let total = 0;
  for (const { used, unsure } of meetings) total += used * (unsure ? UNCERTAIN_WORTH : 1);
  return total;
}

function emotionsOf(
  meetings: readonly Weighed[],
  labels: readonly string[],
  covered: number,
): EmotionPart[] {
  return labels.map((label, i) => {
    const areas = new Areas();
    for (const { one, other, weight } of meetings) {
      areas.add(one[i] as number, other[i] as number, weight);
    }
    return { label, score: points(areas), share: areas.covered / covered };
  });
}

function secondsOf(
  meetings: readonly Weighed[],
  samples: number,
  path: readonly Pair[],
  rate_hz: number,
  covered: number,
): SecondPart[] {
  const count = Math.floor((samples - 1) / rate_hz) + 1;
  const pieces = Array.from({ length: count }, () => ({ met: [] as Weighed[], used: 0 }));
  const pieceAt = (sample: number) => pieces[Math.floor(sample / rate_hz)];
  for (const each of meetings) pieceAt(each.sample)?.met.push(each);
  for (const [i, , steps] of path) {
    const piece = pieceAt(i);
    if (piece) piece.used += steps;
  }
  return pieces.map(({ met, used }) => secondOf(met, used, rate_hz, covered));
}

function secondOf(
  meetings: readonly Weighed[],
  used: number,
  rate_hz: number,
  covered: number,
): SecondPart {
  if (meetings.length === 0) return { score: null, share: 0, late_s: null, certainty: 0 };
  const areas = areasOf(meetings);
  const found = points(areas);
  let late = 0;
  let seen = 0;
  for (const each of meetings) {
    seen += each.used;
    late += each.used * each.lag;
  }
  return {
    score: found,
    share: areas.covered / covered,
    late_s: found >= TELLING ? late / seen / rate_hz : null,
    certainty: worth(meetings) / used,
  };
}
