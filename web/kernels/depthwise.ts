import { activate, BENT } from "./activate";
import { bend, fma } from "./simd";
import { Step } from "./step";

/** Rows of a depthwise convolution; its input carries its own border. */
export function convolveEach(s: Step, first: i32, last: i32): void {
  const width = s.width;
  const wide = width & ~3;
  const usual = s.reachX == 3 && s.strideX == 1;
  const bytes = <usize>s.channels << 2;
  for (let row = first; row < last; row++) {
    const from = s.in + row * s.stride * s.inRow;
    const to = s.out + row * s.outRow;
    for (let x = 0; x < width && wide; x += 4) {
      // A remainder is taken together with pixels that are already done.
      if (x == wide) x = width - 4;
      if (usual) fourBy3(s, from + x * s.inPix, to + x * s.outPix);
      else four(s, from + x * s.inPix, to + x * s.outPix);
    }
    if (!wide) for (let x = 0; x < width; x++) one(s, from + x * s.inPix, to + x * s.outPix);
    if (s.activation != BENT) activate(s.activation, to, s.outPix, width, bytes, s.slopes);
  }
}

function four(s: Step, from: usize, to: usize): void {
  const bytes = <usize>s.channels << 2;
  const apart = s.inPix;
  const outPix = s.outPix;
  const next = apart / s.strideX;
  const slope = f32x4.splat(s.slope);
  const cap = f32x4.splat(s.cap);
  const weights = s.weights;
  const bias = s.bias;
  const inRow = s.inRow;
  const reach = s.reach;
  const reachX = s.reachX;
  for (let c: usize = 0; c < bytes; c += 16) {
    let s0 = v128.load(bias + c);
    let s1 = s0;
    let s2 = s0;
    let s3 = s0;
    let w = weights + c;
    let line = from + c;
    for (let ky = reach; ky > 0; ky--, line += inRow) {
      let at = line;
      for (let kx = reachX; kx > 0; kx--, at += next, w += bytes) {
        const weight = v128.load(w);
        const second = at + apart;
        const third = second + apart;
        s0 = fma(v128.load(at), weight, s0);
        s1 = fma(v128.load(second), weight, s1);
        s2 = fma(v128.load(third), weight, s2);
        s3 = fma(v128.load(third + apart), weight, s3);
      }
    }
    const o = to + c;
    v128.store(o, bend(s0, slope, cap));
    v128.store(o + outPix, bend(s1, slope, cap));
    v128.store(o + outPix * 2, bend(s2, slope, cap));
    v128.store(o + outPix * 3, bend(s3, slope, cap));
  }
}

/** As `four`, for windows 3 wide that move by one: six pixels a row serve four outputs. */
function fourBy3(s: Step, from: usize, to: usize): void {
  const bytes = <usize>s.channels << 2;
  const apart = s.inPix;
  const outPix = s.outPix;
  const slope = f32x4.splat(s.slope);
  const cap = f32x4.splat(s.cap);
  const weights = s.weights;
  const bias = s.bias;
  const inRow = s.inRow;
  const reach = s.reach;
  for (let c: usize = 0; c < bytes; c += 16) {
    let s0 = v128.load(bias + c);
    let s1 = s0;
    let s2 = s0;
    let s3 = s0;
    let w = weights + c;
    let line = from + c;
    for (let ky = reach; ky > 0; ky--, line += inRow) {
      const left = v128.load(w);
      const middle = v128.load(w + bytes);
      const right = v128.load(w + bytes * 2);
      w += bytes * 3;
      let at = line;
      let pixel = v128.load(at);
      s0 = fma(pixel, left, s0);
      pixel = v128.load((at += apart));
      s0 = fma(pixel, middle, s0);
      s1 = fma(pixel, left, s1);
      pixel = v128.load((at += apart));
      s0 = fma(pixel, right, s0);
      s1 = fma(pixel, middle, s1);
      s2 = fma(pixel, left, s2);
      pixel = v128.load((at += apart));
      s1 = fma(pixel, right, s1);
      s2 = fma(pixel, middle, s2);
      s3 = fma(pixel, left, s3);
      pixel = v128.load((at += apart));
      s2 = fma(pixel, right, s2);
      s3 = fma(pixel, middle, s3);
      pixel = v128.load(at + apart);
      s3 = fma(pixel, right, s3);
    }
    const o = to + c;
    v128.store(o, bend(s0, slope, cap));
    v128.store(o + outPix, bend(s1, slope, cap));
    v128.store(o + outPix * 2, bend(s2, slope, cap));
    v128.store(o + outPix * 3, bend(s3, slope, cap));
  }
}

function one(s: Step, from: usize, to: usize): void {
  const bytes = <usize>s.channels << 2;
  const next = s.inPix / s.strideX;
  const slope = f32x4.splat(s.slope);
  const cap = f32x4.splat(s.cap);
  for (let c: usize = 0; c < bytes; c += 16) {
    let sum = v128.load(s.bias + c);
    let w = s.weights + c;
    let line = from + c;
    for (let ky = s.reach; ky > 0; ky--, line += s.inRow) {
      let at = line;
      for (let kx = s.reachX; kx > 0; kx--, at += next, w += bytes) {
        sum = fma(v128.load(at), v128.load(w), sum);
      }
    }
    v128.store(to + c, bend(sum, slope, cap));
  }
}
