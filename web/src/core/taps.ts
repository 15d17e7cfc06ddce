/** For each output pixel, which source pixels it takes and how much of each. */
export interface Taps {
  /** First source pixel of each output pixel. */
  readonly first: Int32Array;
  /** `stride` weights for each output pixel; those of pixels that it does not take are 0. */
  readonly weights: Float64Array;
  readonly stride: number;
}

/** Bilinear with pixel centres at half; the area's average when shrinking to less than half. */
export function taps(side: number, size: number): Taps {
  return side / size > 2 ? areaTaps(side, size) : bilinearTaps(side, size);
}

function areaTaps(side: number, size: number): Taps {
  const ratio = side / size;
  const made = empty(size, Math.ceil(ratio) + 1);
  for (let i = 0; i < size; i++) {
    const start = i * ratio;
    const stop = (i + 1) * ratio;
    const first = Math.floor(start);
    const end = Math.min(side, Math.ceil(stop));
    made.first[i] = first;
    for (let j = first; j < end; j++) {
      const part = Math.min(j + 1, stop) - Math.max(j, start);
      made.weights[i * made.stride + j - first] = part / ratio;
    }
  }
  return made;
}

function bilinearTaps(side: number, size: number): Taps {
  const ratio = side / size;
  const made = empty(size, 2);
  for (let i = 0; i < size; i++) {
    const centre = (i + 0.5) * ratio - 0.5;
    const low = Math.floor(centre);
    const part = centre - low;
    const first = clamp(low, side - 1);
    const second = clamp(low + 1, side - 1);
    made.first[i] = first;
    made.weights[2 * i] = first === second ? 1 : 1 - part;
    made.weights[2 * i + 1] = first === second ? 0 : part;
  }
  return made;
}

function empty(size: number, stride: number): Taps {
  return {
    first: new Int32Array(size),
    weights: new Float64Array(size * stride),
    stride,
  };
}

/** The nearest of the places 0 to `last`. */
export function clamp(value: number, last: number): number {
  return Math.min(Math.max(value, 0), last);
}
