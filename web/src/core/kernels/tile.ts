import type { Convolution } from "./net";
import type { Slid } from "./picture";

/** Outputs along a tile's side by Winograd's way; 0 is a convolution as it stands in the books. */
export type Tile = 0 | 2 | 4;

/** What a weight costs that is read, in products: there are more of them with Winograd. */
const READ = 4;
/** Fewer channels than that do not repay the way there and back. */
const FEW = 16;

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
