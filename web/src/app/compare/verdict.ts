import type { Score } from "../../score";

/** How a score is put into a sentence. */
export type Verdict = "same" | "close" | "part" | "other";

/** Below this a score says little. */
export const DOUBTFUL = 0.5;
/** Clips of less cannot be moved by a whole second to find where they meet. */
export const SHORTEST_S = 2;
/** Two actors who do the same may score no more than this. */
const CLOSE = 65;
const SAME = 85;
/** Another emotion stays at or below this. */
const OTHER = 40;
/** A second that scores so much needs no mention. */
const GOOD = 75;

export function verdictOf({ score }: Pick<Score, "score">): Verdict {
  if (score >= SAME) return "same";
  if (score >= CLOSE) return "close";
  return score > OTHER ? "part" : "other";
}

/** The second in which most of the score was lost; null where none stands out. */
export function weakestSecond({ seconds }: Pick<Score, "seconds">): number | null {
  let worst: number | null = null;
  let most = 0;
  for (const [second, { score, share }] of seconds.entries()) {
    if (score === null || score >= GOOD) continue;
    const lost = share * (100 - score);
    if (lost > most) [worst, most] = [second, lost];
  }
  return worst;
}
