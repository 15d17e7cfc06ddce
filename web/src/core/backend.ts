import type { io } from "@tensorflow/tfjs-core";

/** Our own kernels by the name of `simd`, the others by way of TF.js. */
export type BackendName = "simd" | TfjsName;
export type TfjsName = "wasm" | "wasm-plain" | "webgl" | "webgpu";

export interface Output {
  readonly values: Float32Array;
  readonly shape: readonly number[];
}

/** A model.json and its weights, already checked. */
export interface GraphFiles {
  readonly topology: io.ModelJSON;
  readonly weights: ArrayBuffer;
}

/** The backend's own failure, which another may not share. */
export class BackendError extends Error {}

/** A loaded net. Whoever loaded it disposes of it. */
export interface Graph {
  /** NHWC floats in, the node `output` out; leaves no tensor behind. Fails with BackendError. */
  run(input: Float32Array, shape: readonly number[]): Promise<Output>;
  /** The same for pixels as a canvas gives them, where the backend reads those itself. */
  runPixels?(rgba: Uint8ClampedArray, shape: readonly number[]): Promise<Output>;
  dispose(): void;
}

/** What runs nets on this machine. */
export interface Backend {
  readonly name: BackendName;
  load(files: GraphFiles): Promise<Graph>;
  /** Tensors alive now, weights included; of our own kernels, pieces of memory. */
  tensors(): number;
  dispose(): void;
}

/** One value that is no number would stay in everything that is smoothed over time. */
export function finite(values: Float32Array): Float32Array {
  if (!values.every(Number.isFinite)) throw new BackendError("an output is not a finite number");
  return values;
}
