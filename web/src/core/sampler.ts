import hex from "kernels:sampler";
import type { CropRule } from "./contract";
import type { Rect, Size } from "./geometry";
import { bytesOf } from "./kernels/hex";
import { Room } from "./kernels/room";
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
 * The same arithmetic as `face_detect/crop.py`, at most one step of 255 apart. A kernel does it, for
 * no browser has made a script of such loops fast by the time of the first face.
 */
export class Sampler {
  private readonly kernel = startKernel();
  private known: { readonly side: number; readonly taps: Taps } | null = null;

  constructor(readonly size: number) {}

  /** RGB bytes of `rect`, until the next are sampled; `patch` must be what `patchOf` names. */
  sample(patch: Patch, rect: Rect, edge: Edge = "replicate"): Uint8Array {
    const { size, kernel } = this;
    const { data, width, height } = patch;
    const taps = this.tapsFor(rect.side);
    // Everything is laid anew each time, in the same memory.
    const room = new Room(kernel);
    const rgba = room.claim(data.length);
    const rgb = room.claim(size * size * 3);
    const across = room.claim(taps.weights.length * (FLOAT + PLACE));
    const down = room.claim(taps.weights.length * (FLOAT + PLACE));
    const squeezed = room.claim((height + 1) * size * 3 * FLOAT);
    const { buffer } = kernel.memory;
    new Uint8Array(buffer, rgba).set(data);
    layTaps(taps, buffer, across, { shift: rect.x - patch.x, length: width, edge });
    layTaps(taps, buffer, down, { shift: rect.y - patch.y, length: height, edge });
    kernel.sample(rgba, width, height, rgb, size, across, down, taps.stride, squeezed);
    return new Uint8Array(buffer, rgb, size * size * 3);
  }

  /** A face that is followed keeps its side for many frames. */
  private tapsFor(side: number): Taps {
    if (this.known?.side !== side) this.known = { side, taps: taps(side, this.size) };
    return this.known.taps;
  }
}

const FLOAT = Float64Array.BYTES_PER_ELEMENT;
const PLACE = Int32Array.BYTES_PER_ELEMENT;

interface Kernel {
  readonly memory: WebAssembly.Memory;
  base(): number;
  /** See `kernels/sampler.ts`. */
  sample(
    rgba: number,
    width: number,
    height: number,
    rgb: number,
    size: number,
    across: number,
    down: number,
    taps: number,
    room: number,
  ): void;
}

/** It is so small that it is there at once. */
function startKernel(): Kernel {
  const memory = new WebAssembly.Memory({ initial: 1 });
  const module = new WebAssembly.Module(bytesOf(hex));
  const { exports } = new WebAssembly.Instance(module, { env: { memory } });
  return { memory, ...exports } as unknown as Kernel;
}

/** One way across the patch. */
interface Way {
  /** From the square's beginning to the patch's. */
  readonly shift: number;
  readonly length: number;
  readonly edge: Edge;
}

/** The weights, and behind them their places in the patch; black beyond the edge weighs nothing. */
function layTaps(taps: Taps, buffer: ArrayBuffer, at: number, { shift, length, edge }: Way): void {
  const { first, stride } = taps;
  const total = taps.weights.length;
  const weights = new Float64Array(buffer, at, total);
  const places = new Int32Array(buffer, at + total * FLOAT, total);
  weights.set(taps.weights);
  for (let i = 0, k = 0; i < first.length; i++) {
    for (let j = 0; j < stride; j++, k++) {
      const place = (first[i] as number) + j + shift;
      const nearest = clamp(place, length - 1);
      places[k] = nearest;
      if (edge === "black" && place !== nearest) weights[k] = 0;
    }
  }
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
