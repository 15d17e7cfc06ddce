import type { Constant, Convolution } from "./net";
import { PANEL, whole } from "./pack";
import type { Slid } from "./picture";

/** Outputs along a tile's side by Winograd's way; 0 is a convolution as it stands in the books. */
export type Tile = 0 | 2 | 4;

/** What a weight costs that is read, in products: there are more of them with Winograd. */
const READ = 4;
/** Fewer channels than that do not repay the way there and back. */
const FEW = 16;

const BEFORE = {
  2: [
    [1, 0, 0],
    [1 / 2, 1 / 2, 1 / 2],
    [1 / 2, -1 / 2, 1 / 2],
    [0, 0, 1],
  ],
  4: [
    [1 / 4, 0, 0],
    [-1 / 6, -1 / 6, -1 / 6],
    [-1 / 6, 1 / 6, -1 / 6],
    [1 / 24, 1 / 12, 1 / 6],
    [1 / 24, -1 / 12, 1 / 6],
    [0, 0, 1],
  ],
} as const;

/** The cheapest tile for a convolution that slides over a picture as `slid` says. */
export function tileFor({ window, weights, other, pooled }: Convolution, slid: Slid): Tile {
  const { height, width, strideY, strideX } = window;
  const [, , inputs = 0, outputs = 0] = weights.shape;
  if (height * width !== 9 || height !== 3 || strideY * strideX !== 1 || other !== null) return 0;
  if (Math.min(inputs, outputs) < FEW) return 0;
  if (pooled && (slid.height % 2 || slid.width % 2)) return 0;
  const costs = ([0, 2, 4] as const).map((tile) => cost(tile, slid));
  return ([0, 2, 4] as const)[costs.indexOf(Math.min(...costs))] ?? 0;
}

/** Of one channel in and one out, in products. */
function cost(tile: Tile, { height, width }: Slid): number {
  if (tile === 0) return 9 * (height * width + READ);
  const count = Math.ceil(height / tile) * Math.ceil(width / tile);
  return (tile + 2) ** 2 * (count + READ);
}

/** One matrix for each number of a tile, each packed like a convolution of 1 × 1. */
export function packTiles({ shape, values }: Constant, pitch: number, tile: 2 | 4): Float32Array {
  const [, , inputs = 0, outputs = 0] = shape;
  const before = BEFORE[tile];
  const row = new Float64Array(3 * inputs * outputs);
  const each = pitch * whole(outputs);
  const packed = new Float32Array(before.length ** 2 * each);
  before.forEach((down, y) => {
    mix(values, down, row);
    before.forEach((across, x) => {
      const at = (y * before.length + x) * each;
      mixPanels(row, across, outputs, pitch, packed.subarray(at, at + each));
    });
  });
  return packed;
}

/** The sum of three stretches of `from`, each times its factor. */
function mix(from: Float32Array, factors: readonly number[], to: Float64Array): void {
  const [a = 0, b = 0, c = 0] = factors;
  const { length } = to;
  // Without destructuring, which makes an array for each number until the loop is optimised.
  for (let i = 0, j = length, k = 2 * length; i < length; i++, j++, k++)
    to[i] = a * (from[i] as number) + b * (from[j] as number) + c * (from[k] as number);
}

/** The same of a row's, packed as by `packConvolution`, into room full of zeroes. */
function mixPanels(
  from: Float64Array,
  factors: readonly number[],
  outputs: number,
  pitch: number,
  to: Float32Array,
): void {
  const [a = 0, b = 0, c = 0] = factors;
  const length = from.length / 3;
  let i = 0;
  for (let input = 0; i < length; input += PANEL) {
    for (let panel = 0; panel < outputs; panel += PANEL) {
      const at = panel * pitch + input;
      const end = at + Math.min(PANEL, outputs - panel);
      for (let lane = at; lane < end; lane++, i++)
        to[lane] =
          a * (from[i] as number) +
          b * (from[i + length] as number) +
          c * (from[i + 2 * length] as number);
    }
  }
}
