/** The probabilities of one moment, in the order of the labels. */
export type Values = readonly number[];

/** One head's probabilities over the frames of a clip; null where there is no face. */
export interface Curves {
  readonly labels: readonly string[];
  readonly times_s: readonly number[];
  readonly probabilities: readonly (Values | null)[];
  readonly uncertain: readonly boolean[];
}
