import { type HeadAnswer, mainHead } from "../../lib";
import { labelName } from "../names";
import type { Words } from "../words";

/**
 * What the other heads say beside the main one, a word or two each; of a face that is unfamiliar
 * nothing. `doubtful` words what is uncertain.
 */
export function besides(
  heads: readonly HeadAnswer[],
  words: Pick<Words, "code">,
  doubtful = (label: string) => `${label}?`,
): string[] {
  const main = mainHead(heads);
  if (heads[main]?.unfamiliar) return [];
  return heads
    .filter((_, i) => i !== main)
    .map(({ name, labels, best, uncertain }) => {
      const label = labelName(labels[best] as string, name, words);
      return uncertain ? doubtful(label) : label;
    });
}
