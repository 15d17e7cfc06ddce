/** What stands behind an operation: `bent` is min(max(v, v · slope), cap). */
export interface Activation {
  readonly kind: "bent" | "swish" | "sigmoid" | "tanh" | "elu" | "prelu";
  readonly slope: number;
  readonly cap: number;
  /** One a channel, for prelu. */
  readonly slopes: Float32Array | null;
}

export type Padding = "same" | "valid" | Sides;

export interface Sides {
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
}

export interface Window {
  readonly height: number;
  readonly width: number;
  readonly strideY: number;
  readonly strideX: number;
  readonly padding: Padding;
}

/** Values as a file has them: floats, or whole numbers that become value · scale + min. */
export interface Stored {
  readonly bytes: Uint8Array;
  /** Of one value: 1, 2 or, of a float, 4. */
  readonly size: 1 | 2 | 4;
  readonly scale: number;
  readonly min: number;
}

export interface Constant {
  readonly shape: readonly number[];
  readonly stored: Stored;
  /** Made anew whenever it is read, so that no one keeps it beside the packed copy. */
  readonly values: Float32Array;
}

/** The same values in another shape; they are still read only where they are packed. */
export function reshaped(constant: Constant, shape: readonly number[]): Constant {
  return {
    shape,
    get stored() {
      return constant.stored;
    },
    get values() {
      return constant.values;
    },
  };
}

interface Named {
  /** The graph's name for what comes out. */
  readonly name: string;
  readonly input: string;
  readonly activation: Activation;
}

export interface Convolution extends Named {
  readonly kind: "convolution";
  /** Height, width, channels in, channels out. */
  readonly weights: Constant;
  readonly bias: Float32Array | null;
  readonly window: Window;
  /** Added before the activation; of the same shape. */
  readonly other: string | null;
  /** A 2×2 maximum behind it; the activation comes last. */
  readonly pooled: Pooling | null;
}

export interface Depthwise extends Named {
  readonly kind: "depthwise";
  readonly weights: Constant;
  readonly bias: Float32Array | null;
  readonly window: Window;
}

export interface Pooling extends Named {
  readonly kind: "pooling";
  readonly of: "max" | "average";
  readonly window: Window;
}

/** A row of channels, or a picture of one pixel. */
export interface Reshaped {
  /** Whether what comes out has no height and no width. */
  readonly flat: boolean;
  /** -1 for as many as there are. */
  readonly channels: number;
}

/** One value of each of two, or of one and a constant. */
export interface Combination extends Named {
  readonly kind: "combination";
  readonly by: "copy" | "add" | "subtract" | "multiply";
  readonly other: string | Float32Array | null;
  /** Null where the shape stays as it was. */
  readonly reshaped: Reshaped | null;
}

/** The mean over the picture, without its height and width where they are not kept. */
export interface Mean extends Named {
  readonly kind: "mean";
  readonly flat: boolean;
}

export interface Softmax extends Named {
  readonly kind: "softmax";
}

export type Operation = Convolution | Depthwise | Pooling | Combination | Mean | Softmax;

export const LINEAR: Activation = { kind: "bent", slope: 1, cap: Infinity, slopes: null };

export function isLinear({ kind, slope, cap }: Activation): boolean {
  return kind === "bent" && slope === 1 && cap === Infinity;
}

/** The tensors that an operation reads. */
export function readsOf(operation: Operation): string[] {
  const reads = [operation.input];
  if ("other" in operation && typeof operation.other === "string") reads.push(operation.other);
  return reads;
}
