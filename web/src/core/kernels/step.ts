/** The slots of a step, in the order of `Step` in kernels/step.ts. */
const SLOTS = [
  "op",
  "out",
  "outRow",
  "rowBytes",
  "rows",
  "stride",
  "above",
  "reach",
  "chained",
  "channels",
  "activation",
  "slope",
  "cap",
  "slopes",
  "in",
  "inRow",
  "inPix",
  "outPix",
  "width",
  "inRows",
  "inWidth",
  "strideX",
  "left",
  "reachX",
  "weights",
  "bias",
  "other",
  "otherRow",
  "otherPix",
  "across",
  "panelsFirst",
  "parts",
  "tile",
  "tilesDown",
  "tilesAcross",
  "pooled",
  "count",
  "kind",
  "scale",
] as const;

const FLOATS: readonly Slot[] = ["slope", "cap", "scale"];

type Slot = (typeof SLOTS)[number];

/** One call of a kernel; what is not named is 0. */
export type Step = { readonly op: number } & { readonly [Name in Slot]?: number };

export const STEP_BYTES = SLOTS.length * 4;

export const OPS = {
  clear: 0,
  look: 1,
  convolution: 2,
  depthwise: 3,
  pooling: 4,
  combination: 5,
  mean: 6,
  softmax: 7,
  pooled: 8,
  tiles: 9,
} as const;

export const ACTIVATIONS = { bent: 0, swish: 1, sigmoid: 2, tanh: 3, elu: 4, prelu: 5 } as const;
export const COMBINATIONS = { copy: 0, add: 1, subtract: 2, multiply: 3 } as const;
export const POOLINGS = { max: 0, average: 1 } as const;

export function writeStep(step: Step, view: DataView, at: number): void {
  SLOTS.forEach((slot, i) => {
    const value = step[slot] ?? 0;
    if (FLOATS.includes(slot)) view.setFloat32(at + i * 4, value, true);
    else view.setInt32(at + i * 4, value, true);
  });
}
