import { activate, BENT } from "./activate";
import { bend } from "./simd";
import { Step } from "./step";

export const MAX: i32 = 0;

/** Rows of a pooling, of a picture whose first row would lie at `input`. */
export function pool(s: Step, first: i32, last: i32, input: usize): void {
  for (let row = first; row < last; row++) {
    const top = row * s.stride - s.above;
    const from = max(top, 0);
    const to = min(top + s.reach, s.inRows);
    const out = s.out + row * s.outRow;
    for (let x = 0; x < s.width; x++) {
      const start = x * s.strideX - s.left;
      const left = max(start, 0);
      const right = min(start + s.reachX, s.inWidth);
      const corner = input + from * s.inRow + left * s.inPix;
      window(s, corner, to - from, right - left, out + x * s.outPix);
    }
    if (s.activation != BENT)
      activate(s.activation, out, s.outPix, s.width, <usize>s.channels << 2, s.slopes);
  }
}

// @ts-ignore: a decorator of AssemblyScript's
@inline
function window(s: Step, corner: usize, rows: i32, columns: i32, out: usize): void {
  const slope = f32x4.splat(s.slope);
  const cap = f32x4.splat(s.cap);
  const bytes = <usize>s.channels << 2;
  const below = s.inRow;
  const right = s.inPix;
  if (s.kind == MAX && rows == 2 && columns == 2) {
    for (let c: usize = 0; c < bytes; c += 16) {
      const at = corner + c;
      const upper = larger(v128.load(at), v128.load(at + right));
      const lower = larger(v128.load(at + below), v128.load(at + below + right));
      v128.store(out + c, bend(larger(upper, lower), slope, cap));
    }
    return;
  }
  const share = f32x4.splat(<f32>1 / <f32>(rows * columns));
  for (let c: usize = 0; c < bytes; c += 16) {
    let all = s.kind == MAX ? f32x4.splat(-Infinity) : f32x4.splat(0);
    for (let y = 0; y < rows; y++) {
      for (let x = 0; x < columns; x++) {
        const value = v128.load(corner + y * below + x * right + c);
        all = s.kind == MAX ? larger(value, all) : f32x4.add(all, value);
      }
    }
    if (s.kind != MAX) all = f32x4.mul(all, share);
    v128.store(out + c, bend(all, slope, cap));
  }
}

/** A NaN may be lost here. */
// @ts-ignore: a decorator of AssemblyScript's
@inline
function larger(a: v128, b: v128): v128 {
  return f32x4.pmax(a, b);
}
