import type { Face, HeadAnswer } from "../../core/messages";

/**
 * What a face's label says: each head's answer, one that is uncertain with a question mark, and of
 * a face that is unfamiliar nothing but that.
 */
export function said({ heads }: Pick<Face, "heads">): string {
  return heads.map(answer).join(" · ");
}

function answer({ labels, probabilities, best, uncertain, unfamiliar }: HeadAnswer): string {
  if (unfamiliar) return "?";
  const label = labels[best] ?? "";
  return uncertain ? `${label}?` : `${label} ${Math.round(100 * (probabilities[best] ?? 0))}%`;
}
