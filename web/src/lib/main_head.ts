import type { HeadAnswer } from "../core/messages";

/** Which of a model's heads is told in large: the emotion, wherever it stands, or else the first. */
export function mainHead(heads: readonly Pick<HeadAnswer, "name">[]): number {
  return Math.max(
    0,
    heads.findIndex(({ name }) => name === "emotion"),
  );
}
