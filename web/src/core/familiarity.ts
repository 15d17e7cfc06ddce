import type { Contract } from "./contract";

/**
 * How much a face is like those that the net learned from: each head's energy, logsumexp of its raw
 * logits, as `train/familiarity.py` has it. Empty where the contract asks for none.
 */
export function familiarity(output: ArrayLike<number>, { heads }: Contract): number[] {
  if (heads.every(({ familiar_above }) => familiar_above === undefined)) return [];
  let start = 0;
  return heads.map(({ labels }) => {
    const first = start;
    start += labels.length;
    return energy(output, first, start);
  });
}

function energy(output: ArrayLike<number>, first: number, stop: number): number {
  let highest = Number.NEGATIVE_INFINITY;
  for (let i = first; i < stop; i++) highest = Math.max(highest, output[i] as number);
  let sum = 0;
  for (let i = first; i < stop; i++) sum += Math.exp((output[i] as number) - highest);
  return highest + Math.log(sum);
}
