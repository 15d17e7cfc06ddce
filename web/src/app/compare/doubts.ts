import type { Curves, Score } from "../../score";
import { lasting_s } from "./film";

/** What keeps a score from being certain. */
export interface Doubts {
  readonly reference_faceless_s: number;
  readonly take_faceless_s: number;
  /** Of the frames with a face, those of which the model is not sure, from 0 to 1. */
  readonly reference_unsure: number;
  readonly take_unsure: number;
  /** How long only one of the clips is there to be compared. */
  readonly alone_s: number;
}

export function doubtsOf(reference: Curves, take: Curves, { path }: Score): Doubts {
  const longer_s = Math.max(lasting_s(reference), lasting_s(take));
  const used = path.reduce((sum, [, , steps]) => sum + steps, 0) / 2;
  const samples = Math.max(1, ...[reference, take].map((curves) => samplesOf(curves)));
  return {
    reference_faceless_s: faceless(reference) * lasting_s(reference),
    take_faceless_s: faceless(take) * lasting_s(take),
    reference_unsure: unsure(reference),
    take_unsure: unsure(take),
    alone_s: Math.max(0, 1 - used / samples) * longer_s,
  };
}

const RATE_HZ = 30;

/** As many as the score compares. */
function samplesOf(curves: Curves): number {
  return Math.floor(lasting_s(curves) * RATE_HZ + 0.5) + 1;
}

function faceless({ probabilities }: Curves): number {
  return share(probabilities, (row) => row === null);
}

function unsure({ probabilities, uncertain }: Curves): number {
  const seen = uncertain.filter((_, i) => probabilities[i]);
  return share(seen, Boolean);
}

function share<T>(items: readonly T[], counts: (item: T) => boolean): number {
  return items.length ? items.filter(counts).length / items.length : 0;
}
