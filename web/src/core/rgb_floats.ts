/** RGBA bytes as RGB floats, one pixel after the other; `into` is filled where it is given. */
export function rgbFloats(
  rgba: Uint8ClampedArray,
  into: Float32Array = new Float32Array((rgba.length / 4) * 3),
): Float32Array {
  for (let from = 0, to = 0; from < rgba.length; from += 4, to += 3) {
    into[to] = rgba[from] as number;
    into[to + 1] = rgba[from + 1] as number;
    into[to + 2] = rgba[from + 2] as number;
  }
  return into;
}
