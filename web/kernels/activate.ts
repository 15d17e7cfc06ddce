import { elu, exp, sigmoid, tanh } from "./simd";

export const BENT: i32 = 0;
export const SWISH: i32 = 1;
export const SIGMOID: i32 = 2;
export const TANH: i32 = 3;
export const ELU: i32 = 4;
export const PRELU: i32 = 5;

/** Those activations that `bend` is not, in place: `count` runs of `bytes`, `apart` from each other. */
export function activate(
  kind: i32,
  at: usize,
  apart: usize,
  count: i32,
  bytes: usize,
  slopes: usize,
): void {
  for (let i = 0; i < count; i++, at += apart) {
    if (kind == SWISH) {
      swish(at, bytes);
      continue;
    }
    for (let c: usize = 0; c < bytes; c += 16) {
      const x = v128.load(at + c);
      let y = x;
      if (kind == SIGMOID) y = sigmoid(x);
      else if (kind == TANH) y = tanh(x);
      else if (kind == ELU) y = elu(x);
      else if (kind == PRELU) {
        const below = f32x4.mul(x, v128.load(slopes + c));
        y = v128.bitselect(below, x, f32x4.lt(x, f32x4.splat(0)));
      }
      v128.store(at + c, y);
    }
  }
}

/** The one that whole nets are made of: nothing is decided between one vector and the next. */
// @ts-ignore: a decorator of AssemblyScript's
@inline
function swish(at: usize, bytes: usize): void {
  const end = at + bytes;
  for (; at < end; at += 16) {
    const x = v128.load(at);
    const below = f32x4.add(f32x4.splat(1), exp(f32x4.neg(x)));
    v128.store(at, f32x4.div(x, below));
  }
}
