import { activate, BENT } from "./activate";
import { bend, exp } from "./simd";
import { Step } from "./step";

export const COPY: i32 = 0;
export const ADD: i32 = 1;
export const SUBTRACT: i32 = 2;
export const MULTIPLY: i32 = 3;

/** Rows of one value each from one of `in` and one of `other`; a pitch of 0 repeats the other's. */
export function combine(s: Step, first: i32, last: i32): void {
  const bytes = <usize>s.channels << 2;
  const slope = f32x4.splat(s.slope);
  const cap = f32x4.splat(s.cap);
  const kind = s.kind;
  for (let row = first; row < last; row++) {
    const line = s.out + row * s.outRow;
    let a = s.in + row * s.inRow;
    let b = s.other + row * s.otherRow;
    let to = line;
    for (let x = 0; x < s.width; x++, a += s.inPix, b += s.otherPix, to += s.outPix) {
      for (let c: usize = 0; c < bytes; c += 16) {
        let value = v128.load(a + c);
        if (kind == MULTIPLY) value = f32x4.mul(value, v128.load(b + c));
        else if (kind == ADD) value = f32x4.add(value, v128.load(b + c));
        else if (kind == SUBTRACT) value = f32x4.sub(value, v128.load(b + c));
        v128.store(to + c, bend(value, slope, cap));
      }
    }
    if (s.activation != BENT) activate(s.activation, line, s.outPix, s.width, bytes, s.slopes);
  }
}

/** The mean of each channel over the whole picture. */
export function average(s: Step): void {
  const bytes = <usize>s.channels << 2;
  const scale = f32x4.splat(s.scale);
  for (let c: usize = 0; c < bytes; c += 16) {
    let sum = f32x4.splat(0);
    let line = s.in + c;
    for (let row = s.inRows; row > 0; row--, line += s.inRow) {
      let at = line;
      for (let x = s.inWidth; x > 0; x--, at += s.inPix) sum = f32x4.add(sum, v128.load(at));
    }
    v128.store(s.out + c, f32x4.mul(sum, scale));
  }
}

/** Over the channels that are the net's own. */
export function softmax(s: Step, first: i32, last: i32): void {
  const count = <usize>s.count << 2;
  for (let row = first; row < last; row++) {
    for (let x = 0; x < s.width; x++) {
      const from = s.in + row * s.inRow + x * s.inPix;
      const to = s.out + row * s.outRow + x * s.outPix;
      let top: f32 = -Infinity;
      let sum: f32 = 0;
      for (let c: usize = 0; c < count; c += 4) top = max(top, load<f32>(from + c));
      for (let c: usize = 0; c < count; c += 4) {
        const power = f32x4.extract_lane(exp(f32x4.splat(load<f32>(from + c) - top)), 0);
        store<f32>(to + c, power);
        sum += power;
      }
      for (let c: usize = 0; c < count; c += 4) store<f32>(to + c, load<f32>(to + c) / sum);
      memory.fill(to + count, 0, (<usize>s.channels << 2) - count);
    }
  }
}

/** Zeroes around a picture: `above` and `reach` rows at its ends, `left` and `reachX` bytes of each. */
export function clear(s: Step): void {
  const whole = s.rowBytes;
  let at = s.out;
  memory.fill(at, 0, s.above * whole);
  at += s.above * whole;
  for (let row = s.rows; row > 0; row--, at += whole) {
    memory.fill(at, 0, s.left);
    memory.fill(at + whole - s.reachX, 0, s.reachX);
  }
  memory.fill(at, 0, s.reach * whole);
}
