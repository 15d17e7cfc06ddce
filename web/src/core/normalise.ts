import type { Input } from "./contract";

/** Turns sampled bytes into the net's input: float32((pixel / 255 − mean) / std), by table. */
export class Normaliser {
  private readonly tables: readonly Float32Array[];
  private floats = new Float32Array(0);

  constructor(input: Pick<Input, "mean" | "std">) {
    this.tables = input.mean.map((mean, channel) => table(mean, input.std[channel] as number));
  }

  /**
   * Interleaved bytes, one per channel and pixel, to floats of the same order (NHWC), until the next
   * are turned.
   */
  normalise(bytes: Uint8Array): Float32Array {
    const depth = this.tables.length;
    if (this.floats.length !== bytes.length) this.floats = new Float32Array(bytes.length);
    const { floats } = this;
    this.tables.forEach((values, channel) => {
      for (let i = channel; i < bytes.length; i += depth) {
        floats[i] = values[bytes[i] as number] as number;
      }
    });
    return floats;
  }
}

function table(mean: number, std: number): Float32Array {
  return Float32Array.from({ length: 256 }, (_, pixel) => (pixel / 255 - mean) / std);
}
