export type BackendName = "wasm" | "wasm-plain" | "webgl" | "webgpu";

export interface Output {
  readonly values: Float32Array;
  readonly shape: readonly number[];
}

/** A model.json and its weights, already checked. */
export interface GraphFiles {
  readonly topology: unknown;
  readonly weights: ArrayBuffer;
}

/** A loaded net. Whoever loaded it disposes of it. */
export interface Graph {
  /** NHWC floats in, the node `output` out; leaves no tensor behind. */
  run(input: Float32Array, shape: readonly number[]): Promise<Output>;
  dispose(): void;
}

/** What runs nets on this machine. */
export interface Backend {
  readonly name: BackendName;
  load(files: GraphFiles): Promise<Graph>;
  /** Tensors alive now, weights included. */
  tensors(): number;
  dispose(): void;
}
