import type { Constant, Convolution } from "./net";
import { packConvolution, whole } from "./pack";
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
  const matrix = inputs * outputs;
  const packed = new Float32Array((tile + 2) ** 2 * pitch * whole(outputs));
  let at = 0;
  for (const down of BEFORE[tile]) {
    for (const across of BEFORE[tile]) {
      const sums = new Float32Array(matrix);
      const factors = down.flatMap((y) => across.map((x) => x * y));
      for (let i = 0; i < matrix; i++) {
        let sum = 0;
        for (let tap = 0; tap < 9; tap++)
          sum += (factors[tap] as number) * (values[tap * matrix + i] as number);
        sums[i] = sum;
      }
      const one = packConvolution({ shape: [1, 1, inputs, outputs], values: sums }, pitch);
      packed.set(one, at);
      at += one.length;
    }
  }
  return packed;
}
