import type { CropRule } from "./contract";
import type { Rect, Size } from "./geometry";
import { clamp, type Taps, taps } from "./taps";

/** RGBA pixels of a part of a picture, and where in the picture that part lies. */
export interface Patch {
  readonly data: Uint8Array | Uint8ClampedArray;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** The part of a picture that sampling `rect` reads; never empty, never over the edge. */
export function patchOf(rect: Rect, picture: Size): Omit<Patch, "data"> {
  const x = clamp(rect.x, picture.width - 1);
  const y = clamp(rect.y, picture.height - 1);
  const right = clamp(rect.x + rect.side - 1, picture.width - 1);
  const bottom = clamp(rect.y + rect.side - 1, picture.height - 1);
  return { x, y, width: right - x + 1, height: bottom - y + 1 };
}

/**
 * Scales squares of a picture to `size` × `size` RGB.
 *
 * The same arithmetic as `face_detect/crop.py`, at most one step of 255 apart. Rows first are
 * squeezed across, then down; both buffers are kept from frame to frame.
 */
export class Sampler {
  private squeezed = new Float64Array(0);
  private readonly mixed: Float64Array;

  constructor(readonly size: number) {
    this.mixed = new Float64Array(size * 3);
  }

  /** RGB bytes of `rect`; `patch` must be what `patchOf` names. */
  sample(patch: Patch, rect: Rect, edge: CropRule["edge"] = "replicate"): Uint8Array {
    const weights = taps(rect.side, this.size);
    this.squeezeAcross(patch, rect, edge, weights);
    return this.mixDown(patch, rect, edge, weights);
  }

  private squeezeAcross(patch: Patch, rect: Rect, edge: CropRule["edge"], across: Taps): void {
    const { size } = this;
    const columns = sources(rect.x, rect.side, patch.x, patch.width, edge);
    if (this.squeezed.length < patch.height * size * 3) {
      this.squeezed = new Float64Array(patch.height * size * 3);
    }
    const { data } = patch;
    const { squeezed } = this;
    const { first, count, weights, stride } = across;
    let to = 0;
    for (let row = 0; row < patch.height; row++) {
      const from = row * patch.width * 4;
      for (let i = 0; i < size; i++, to += 3) {
        let r = 0;
        let g = 0;
        let b = 0;
        const start = at(first, i);
        const stop = start + at(count, i);
        for (let j = start, k = i * stride; j < stop; j++, k++) {
          const column = at(columns, j);
          if (column < 0) continue;
          const pixel = from + column * 4;
          const weight = at(weights, k);
          r += weight * at(data, pixel);
          g += weight * at(data, pixel + 1);
          b += weight * at(data, pixel + 2);
        }
        squeezed[to] = r;
        squeezed[to + 1] = g;
        squeezed[to + 2] = b;
      }
    }
  }

  private mixDown(patch: Patch, rect: Rect, edge: CropRule["edge"], down: Taps): Uint8Array {
    const { size, mixed, squeezed } = this;
    const width = size * 3;
    const rows = sources(rect.y, rect.side, patch.y, patch.height, edge);
    const rgb = new Uint8Array(size * width);
    for (let i = 0; i < size; i++) {
      mixed.fill(0);
      const start = at(down.first, i);
      for (let j = 0; j < at(down.count, i); j++) {
        const row = at(rows, start + j);
        if (row < 0) continue;
        const weight = at(down.weights, i * down.stride + j);
        const from = row * width;
        for (let k = 0; k < width; k++) mixed[k] = at(mixed, k) + weight * at(squeezed, from + k);
      }
      for (let k = 0; k < width; k++) rgb[i * width + k] = Math.floor(at(mixed, k) + 0.5);
    }
    return rgb;
  }
}

/** ITU-R BT.601 luma, rounded half up, as `face_detect/crop.py` has it. */
export function grey(rgb: Uint8Array): Uint8Array {
  const luma = new Uint8Array(rgb.length / 3);
  for (let i = 0, j = 0; i < luma.length; i++, j += 3) {
    const sum = 299 * at(rgb, j) + 587 * at(rgb, j + 1) + 114 * at(rgb, j + 2);
    luma[i] = Math.floor((sum + 500) / 1000);
  }
  return luma;
}

/** For each pixel of a span, its place in the patch; −1 where black lies beyond the edge. */
function sources(
  start: number,
  side: number,
  origin: number,
  length: number,
  edge: CropRule["edge"],
): Int32Array {
  const places = new Int32Array(side);
  for (let i = 0; i < side; i++) {
    const place = start + i - origin;
    const inside = place >= 0 && place < length;
    places[i] = inside || edge === "replicate" ? clamp(place, length - 1) : -1;
  }
  return places;
}

/** An element that is known to exist. */
function at(array: Uint8Array | Uint8ClampedArray | Int32Array | Float64Array, i: number): number {
  return array[i] as number;
}
