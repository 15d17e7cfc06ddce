import type { Contract, Head } from "./contract";

const TINY = 1e-12;

/** Calibrated probabilities of each head, from the net's raw output. */
export function calibrate(output: ArrayLike<number>, contract: Contract): number[][] {
  let start = 0;
  return contract.heads.map((head) => {
    const columns = Array.from(
      { length: head.labels.length },
      (_, i) => output[start + i] as number,
    );
    start += head.labels.length;
    return softmax(logits(columns, contract.output), head.temperature);
  });
}

export interface Answer {
  /** Index of the likeliest label. */
  readonly best: number;
  readonly uncertain: boolean;
  /** Where the contract says how familiar a face has to be. */
  readonly familiarity?: number;
  readonly unfamiliar?: boolean;
}

type Thresholds = Pick<Head, "uncertain_below" | "familiar_above">;

/** What a head says, and whether it is sure enough to say it; what is unfamiliar is uncertain, too. */
export function answer(
  probabilities: readonly number[],
  { uncertain_below, familiar_above }: Thresholds,
  familiarity?: number,
): Answer {
  const highest = Math.max(...probabilities);
  const best = probabilities.indexOf(highest);
  const uncertain = highest < uncertain_below;
  if (familiar_above === undefined || familiarity === undefined) return { best, uncertain };
  const unfamiliar = familiarity <= familiar_above;
  return { best, uncertain: uncertain || unfamiliar, familiarity, unfamiliar };
}

function logits(columns: number[], kind: Contract["output"]): number[] {
  return kind === "logits" ? columns : columns.map((value) => Math.log(Math.max(value, TINY)));
}

function softmax(values: readonly number[], temperature: number): number[] {
  const highest = Math.max(...values);
  const powers = values.map((value) => Math.exp((value - highest) / temperature));
  const sum = powers.reduce((total, power) => total + power, 0);
  return powers.map((power) => power / sum);
}
