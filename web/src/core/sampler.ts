import type { CropRule } from "./contract";
import type { Rect, Size } from "./geometry";
import { clamp, type Taps, taps } from "./taps";

/** RGBA pixels of a part of a picture, and where in the picture that part lies. */
export interface Patch {
  /** From a whole pixel on, as a canvas or a frame gives them. */
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

type Edge = CropRule["edge"];

/**
 * Scales squares of a picture to `size` × `size` RGB.
 *
 * The same arithmetic as `face_detect/crop.py`, at most one step of 255 apart. Rows first are
 * squeezed across, then down; all buffers are kept from frame to frame.
 */
export class Sampler {
  private squeezed = new Float64Array(0);
  private readonly mixed: Float64Array;
  private readonly rgb: Uint8Array;
  private known: { readonly side: number; readonly taps: Taps } | null = null;

  constructor(readonly size: number) {
    this.mixed = new Float64Array(size * 3);
    this.rgb = new Uint8Array(size * size * 3);
  }

  /** RGB bytes of `rect`, until the next are sampled; `patch` must be what `patchOf` names. */
  sample(patch: Patch, rect: Rect, edge: Edge = "replicate"): Uint8Array {
    const { size } = this;
    const weights = this.tapsFor(rect.side);
    const shift = rect.x - patch.x;
    const [from, to] = inside(weights, shift, patch.width);
    if (this.squeezed.length < patch.height * size * 3) {
      this.squeezed = new Float64Array(patch.height * size * 3);
    }
    this.squeezeInside(patch, weights, shift, [from, to]);
    this.squeezeEdge(patch, weights, shift, [0, from], edge);
    this.squeezeEdge(patch, weights, shift, [to, size], edge);
    return this.mixDown(patch, weights, rect.y - patch.y, edge);
  }

  /** A face that is followed keeps its side for many frames. */
  private tapsFor(side: number): Taps {
    if (this.known?.side !== side) this.known = { side, taps: taps(side, this.size) };
    return this.known.taps;
  }

  /** The columns that take no pixel from beyond the patch: nearly all, and so without a question. */
  private squeezeInside(patch: Patch, across: Taps, shift: number, [from, to]: Span): void {
    const { size, squeezed } = this;
    const { first, count, weights, stride } = across;
    const pixels = words(patch.data);
    for (let row = 0; row < patch.height; row++) {
      const start = row * patch.width + shift;
      for (let i = from, at = (row * size + from) * 3; i < to; i++, at += 3) {
        let r = 0;
        let g = 0;
        let b = 0;
        let k = i * stride;
        let j = start + (first[i] as number);
        for (const stop = j + (count[i] as number); j < stop; j++, k++) {
          const pixel = pixels[j] as number;
          const weight = weights[k] as number;
          r += weight * (pixel & 255);
          g += weight * ((pixel >>> 8) & 255);
          b += weight * ((pixel >>> 16) & 255);
        }
        squeezed[at] = r;
        squeezed[at + 1] = g;
        squeezed[at + 2] = b;
      }
    }
  }

  private squeezeEdge(patch: Patch, across: Taps, shift: number, columns: Span, edge: Edge): void {
    const { size, squeezed } = this;
    const { data, width, height } = patch;
    for (let i = columns[0]; i < columns[1]; i++) {
      for (let row = 0; row < height; row++)
        squeezed.fill(0, (row * size + i) * 3, (row * size + i + 1) * 3);
      for (let j = 0; j < (across.count[i] as number); j++) {
        const column = source((across.first[i] as number) + j + shift, width, edge);
        if (column < 0) continue;
        const weight = across.weights[i * across.stride + j] as number;
        for (let row = 0; row < height; row++) {
          const from = (row * width + column) * 4;
          const to = (row * size + i) * 3;
          for (let c = 0; c < 3; c++) {
            squeezed[to + c] = (squeezed[to + c] as number) + weight * (data[from + c] as number);
          }
        }
      }
    }
  }

  private mixDown(patch: Patch, down: Taps, shift: number, edge: Edge): Uint8Array {
    const { size, mixed, squeezed, rgb } = this;
    const width = size * 3;
    for (let i = 0; i < size; i++) {
      mixed.fill(0);
      for (let j = 0; j < (down.count[i] as number); j++) {
        const row = source((down.first[i] as number) + j + shift, patch.height, edge);
        if (row < 0) continue;
        const weight = down.weights[i * down.stride + j] as number;
        const from = row * width;
        for (let k = 0; k < width; k++) {
          mixed[k] = (mixed[k] as number) + weight * (squeezed[from + k] as number);
        }
      }
      for (let k = 0; k < width; k++) rgb[i * width + k] = Math.floor((mixed[k] as number) + 0.5);
    }
    return rgb;
  }
}

/** From the first to before the last. */
type Span = readonly [number, number];

/** The output pixels whose sources all lie within the patch. */
function inside({ first, count }: Taps, shift: number, length: number): Span {
  let from = 0;
  while (from < first.length && (first[from] as number) + shift < 0) from++;
  let to = first.length;
  while (to > from && (first[to - 1] as number) + (count[to - 1] as number) + shift > length) to--;
  return [from, to];
}

/** The place in the patch that stands for one; −1 where black lies beyond the edge. */
function source(place: number, length: number, edge: Edge): number {
  if (place >= 0 && place < length) return place;
  return edge === "replicate" ? clamp(place, length - 1) : -1;
}

/** Whole pixels, red lowest; every browser's machine stores the lowest byte first. */
function words(data: Patch["data"]): Uint32Array {
  return new Uint32Array(data.buffer, data.byteOffset, data.length / 4);
}

/** ITU-R BT.601 luma, rounded half up, as `face_detect/crop.py` has it; `luma` takes the result. */
export function grey(
  rgb: Uint8Array,
  luma: Uint8Array = new Uint8Array(rgb.length / 3),
): Uint8Array {
  for (let i = 0, j = 0; i < luma.length; i++, j += 3) {
    const red = 299 * (rgb[j] as number);
    const green = 587 * (rgb[j + 1] as number);
    const blue = 114 * (rgb[j + 2] as number);
    luma[i] = Math.floor((red + green + blue + 500) / 1000);
  }
  return luma;
}
