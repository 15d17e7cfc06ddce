import type { Face, HeadAnswer } from "../../core/messages";
import { mainHead } from "../main_head";

/**
 * What a face's label says: each head's answer, one that is uncertain with a question mark, and of
 * a face that is unfamiliar to the main head nothing but that.
 */
export function said({ heads }: Pick<Face, "heads">): string {
  if (heads[mainHead(heads)]?.unfamiliar) return "?";
  return heads.map(answer).join(" · ");
}

function answer({ labels, probabilities, best, uncertain }: HeadAnswer): string {
  const label = labels[best] ?? "";
  return uncertain ? `${label}?` : `${label} ${Math.round(100 * (probabilities[best] ?? 0))}%`;
}
