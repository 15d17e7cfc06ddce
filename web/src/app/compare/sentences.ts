import type { Curves, Score, ScoreReason } from "../../score";
import type { Doubts } from "./doubts";
import { lasting_s } from "./film";
import { DOUBTFUL, SHORTEST_S, verdictOf } from "./verdict";
import type { CompareWords } from "./words";

/** Shorter than this, nothing needs saying. */
const NOTABLE_S = 0.1;
const NOTABLE_SHARE = 0.01;

/** What a score says, in a sentence or two. */
export function verdictSentence(score: Score, words: CompareWords, head = "emotion"): string {
  if (score.certainty < DOUBTFUL) return words.doubtful;
  return (isEmotion(head) ? words.verdicts : words.plainVerdicts)[verdictOf(score)];
}

/** Of what is not acted, such as a mask, other words are used. */
export function isEmotion(head: string): boolean {
  return head === "emotion";
}

/** Nothing where the two are so unlike that nobody can tell. */
export function offsetSentence(score: Score, words: CompareWords): string {
  const { offset_s } = score;
  const seconds = seconds_s(Math.abs(offset_s));
  if (verdictOf(score) === "other") return "";
  if (seconds === "0.0") return words.together;
  return offset_s > 0 ? words.late(seconds) : words.early(seconds);
}

/** What keeps a score from being certain, the clips' length included. */
export function doubtSentences(
  doubts: Doubts,
  curves: readonly Curves[],
  words: CompareWords,
): string[] {
  const shorter_s = Math.min(...curves.map(lasting_s));
  const { reference_faceless_s, take_faceless_s, alone_s } = doubts;
  const unsure = [doubts.reference_unsure, doubts.take_unsure];
  const told = [
    shorter_s < SHORTEST_S && words.tooShort(seconds_s(shorter_s)),
    reference_faceless_s >= NOTABLE_S && words.referenceFaceless(seconds_s(reference_faceless_s)),
    take_faceless_s >= NOTABLE_S && words.takeFaceless(seconds_s(take_faceless_s)),
    Math.max(...unsure) >= NOTABLE_SHARE &&
      words.unsure(percent(doubts.reference_unsure), percent(doubts.take_unsure)),
    alone_s >= NOTABLE_S && words.alone(seconds_s(alone_s)),
  ].filter((sentence) => sentence !== false);
  return told.length ? told : [words.allCompared];
}

/** How a second of the take lies against the reference. */
export function timingText(late_s: number | null, words: CompareWords): string {
  if (late_s === null) return "";
  const seconds = seconds_s(Math.abs(late_s));
  if (seconds === "0.0") return words.inTime;
  return late_s > 0 ? words.lateBy(seconds) : words.earlyBy(seconds);
}

/** Why two clips cannot be compared; the rule's own words, after the reason, are for programmers. */
export function refusal(detail: string, words: CompareWords): string {
  switch (detail.split(":")[0] as ScoreReason) {
    case "never-together":
      return words.neverTogether;
    case "no-face":
      return words.faceless;
    case "too-long":
      return words.tooLong;
    default:
      return words.incomparable;
  }
}

export function percent(share: number): string {
  return `${Math.round(share * 100)}%`;
}

export function seconds_s(time_s: number): string {
  return time_s.toFixed(1);
}
