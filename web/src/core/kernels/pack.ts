import type { Constant } from "./net";

/** The kernels make 8 channels at a time. */
export const PANEL = 8;

export function whole(channels: number): number {
  return Math.ceil(channels / PANEL) * PANEL;
}

/** For each 8 channels out all that goes into them, in the order in which it is read. */
export function packConvolution({ shape, values }: Constant, pitch: number): Float32Array {
  const [height = 0, width = 0, inputs = 0, outputs = 0] = shape;
  const packed = new Float32Array(height * width * pitch * whole(outputs));
  const window = height * width;
  let from = 0;
  for (let tap = 0; tap < window; tap++) {
    for (let input = 0; input < inputs; input++) {
      let to = (tap * pitch + input) * PANEL;
      for (let panel = 0; panel < outputs; panel += PANEL, to += window * pitch * PANEL) {
        const lanes = Math.min(PANEL, outputs - panel);
        for (let lane = 0; lane < lanes; lane++) packed[to + lane] = values[from++] as number;
      }
    }
  }
  return packed;
}

/** Rows of `channels` values, each filled up with zeroes. */
export function packRows(values: Float32Array, channels: number): Float32Array {
  const rows = values.length / channels;
  const pitch = whole(channels);
  const packed = new Float32Array(rows * pitch);
  for (let row = 0; row < rows; row++)
    packed.set(values.subarray(row * channels, (row + 1) * channels), row * pitch);
  return packed;
}
