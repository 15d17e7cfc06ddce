import type { Constant, Convolution } from "./net";
import { packPanels, whole } from "./pack";
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
  const pairs = inputs * outputs;
  const row = new Float64Array(3 * pairs);
  const matrix = { shape: [1, 1, inputs, outputs], values: new Float32Array(pairs) };
  const each = pitch * whole(outputs);
  const packed = new Float32Array(before.length ** 2 * each);
  before.forEach((down, y) => {
    mix(values, down, 3 * pairs, row);
    before.forEach((across, x) => {
      mix(row, across, pairs, matrix.values);
      const at = (y * before.length + x) * each;
      packPanels(matrix, pitch, packed.subarray(at, at + each));
    });
  });
  return packed;
}

type Numbers = Float32Array | Float64Array;

/** The sum of three stretches of `from`, each of `length` and times its factor. */
function mix(from: Numbers, factors: readonly number[], length: number, to: Numbers): void {
  const [a = 0, b = 0, c = 0] = factors;
  // Without destructuring, which makes an array for each number until the loop is optimised.
  for (let i = 0, j = length, k = 2 * length; i < length; i++, j++, k++)
    to[i] = a * (from[i] as number) + b * (from[j] as number) + c * (from[k] as number);
}
