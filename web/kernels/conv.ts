import { BENT, activate } from "./activate";
import { bend, fma } from "./simd";
import { Step } from "./step";

/** A product that is not added at once needs a register more, and then 6 pixels do not fit. */
const WIDE: bool = ASC_FEATURE_RELAXED_SIMD;

/** Rows of a convolution. Its input carries its own border, so that no window needs a second look. */
export function convolve(s: Step, first: i32, last: i32, out: usize): void {
  const panels = s.channels >> 3;
  const rows = last - first;
  const panelBytes = <usize>(s.reach * s.across) << 5;
  const outer = s.panelsFirst ? panels : rows;
  const inner = s.panelsFirst ? rows : panels;
  const inStep = s.inRow * s.stride;
  for (let i = 0; i < outer; i++) {
    for (let j = 0; j < inner; j++) {
      const row = first + (s.panelsFirst ? j : i);
      const panel = s.panelsFirst ? i : j;
      const from = s.in + row * inStep;
      const to = out + (row - first) * s.outRow + (panel << 5);
      const other = s.other ? s.other + row * s.otherRow + (panel << 5) : 0;
      line(s, from, s.weights + panel * panelBytes, to, s.bias + (panel << 5), other);
      if (s.activation != BENT)
        activate(s.activation, to, s.outPix, s.width, 32, s.slopes + (panel << 5));
    }
  }
}

/** One row, 8 channels. A remainder is taken together with pixels that are already done. */
export function line(s: Step, from: usize, weights: usize, to: usize, bias: usize, other: usize): void {
  const width = s.width;
  const inPix = s.inPix;
  const outPix = s.outPix;
  const otherPix = s.otherPix;
  let x = 0;
  while (x < width) {
    const left = width - x;
    if (WIDE && left == 5 && width > 5) x--;
    if (left < 4 && left > 1 && width > 3) x = width - 4;
    const a = from + x * inPix;
    const o = to + x * outPix;
    const r = other ? other + x * otherPix : 0;
    if (WIDE && width - x >= 6) {
      tile6(s, a, weights, o, bias, r);
      x += 6;
    } else if (width - x >= 4) {
      tile4(s, a, weights, o, bias, r);
      x += 4;
    } else {
      tile1(s, a, weights, o, bias, r);
      x += 1;
    }
  }
}

/** 6 pixels by 8 channels, kept in registers from the first product to the last. */
// @ts-ignore: a decorator of AssemblyScript's
@inline
function tile6(s: Step, from: usize, weights: usize, to: usize, bias: usize, other: usize): void {
  const apart = s.inPix;
  const inRow = s.inRow;
  const run = <usize>s.across << 2;
  let l0 = v128.load(bias);
  let h0 = v128.load(bias, 16);
  let l1 = v128.load(bias);
  let h1 = v128.load(bias, 16);
  let l2 = v128.load(bias);
  let h2 = v128.load(bias, 16);
  let l3 = v128.load(bias);
  let h3 = v128.load(bias, 16);
  let l4 = v128.load(bias);
  let h4 = v128.load(bias, 16);
  let l5 = v128.load(bias);
  let h5 = v128.load(bias, 16);
  if (other) {
    const step = s.otherPix;
    l0 = f32x4.add(l0, v128.load(other));
    h0 = f32x4.add(h0, v128.load(other, 16));
    other += step;
    l1 = f32x4.add(l1, v128.load(other));
    h1 = f32x4.add(h1, v128.load(other, 16));
    other += step;
    l2 = f32x4.add(l2, v128.load(other));
    h2 = f32x4.add(h2, v128.load(other, 16));
    other += step;
    l3 = f32x4.add(l3, v128.load(other));
    h3 = f32x4.add(h3, v128.load(other, 16));
    other += step;
    l4 = f32x4.add(l4, v128.load(other));
    h4 = f32x4.add(h4, v128.load(other, 16));
    other += step;
    l5 = f32x4.add(l5, v128.load(other));
    h5 = f32x4.add(h5, v128.load(other, 16));
  }
  for (let ky = s.reach; ky > 0; ky--, from += inRow) {
    const end = from + run;
    let a0 = from;
    let a1 = a0 + apart;
    let a2 = a1 + apart;
    let a3 = a2 + apart;
    let a4 = a3 + apart;
    let a5 = a4 + apart;
    for (; a0 < end; weights += 32) {
      const low = v128.load(weights);
      const high = v128.load(weights, 16);
      const v0 = v128.load_splat<f32>(a0);
      a0 += 4;
      l0 = fma(v0, low, l0);
      h0 = fma(v0, high, h0);
      const v1 = v128.load_splat<f32>(a1);
      a1 += 4;
      l1 = fma(v1, low, l1);
      h1 = fma(v1, high, h1);
      const v2 = v128.load_splat<f32>(a2);
      a2 += 4;
      l2 = fma(v2, low, l2);
      h2 = fma(v2, high, h2);
      const v3 = v128.load_splat<f32>(a3);
      a3 += 4;
      l3 = fma(v3, low, l3);
      h3 = fma(v3, high, h3);
      const v4 = v128.load_splat<f32>(a4);
      a4 += 4;
      l4 = fma(v4, low, l4);
      h4 = fma(v4, high, h4);
      const v5 = v128.load_splat<f32>(a5);
      a5 += 4;
      l5 = fma(v5, low, l5);
      h5 = fma(v5, high, h5);
    }
  }
  const slope = f32x4.splat(s.slope);
  const cap = f32x4.splat(s.cap);
  const outPix = s.outPix;
  v128.store(to, bend(l0, slope, cap));
  v128.store(to, bend(h0, slope, cap), 16);
  to += outPix;
  v128.store(to, bend(l1, slope, cap));
  v128.store(to, bend(h1, slope, cap), 16);
  to += outPix;
  v128.store(to, bend(l2, slope, cap));
  v128.store(to, bend(h2, slope, cap), 16);
  to += outPix;
  v128.store(to, bend(l3, slope, cap));
  v128.store(to, bend(h3, slope, cap), 16);
  to += outPix;
  v128.store(to, bend(l4, slope, cap));
  v128.store(to, bend(h4, slope, cap), 16);
  to += outPix;
  v128.store(to, bend(l5, slope, cap));
  v128.store(to, bend(h5, slope, cap), 16);
}

/** 4 pixels by 8 channels, kept in registers from the first product to the last. */
// @ts-ignore: a decorator of AssemblyScript's
@inline
function tile4(s: Step, from: usize, weights: usize, to: usize, bias: usize, other: usize): void {
  const apart = s.inPix;
  const inRow = s.inRow;
  const run = <usize>s.across << 2;
  let l0 = v128.load(bias);
  let h0 = v128.load(bias, 16);
  let l1 = v128.load(bias);
  let h1 = v128.load(bias, 16);
  let l2 = v128.load(bias);
  let h2 = v128.load(bias, 16);
  let l3 = v128.load(bias);
  let h3 = v128.load(bias, 16);
  if (other) {
    const step = s.otherPix;
    l0 = f32x4.add(l0, v128.load(other));
    h0 = f32x4.add(h0, v128.load(other, 16));
    other += step;
    l1 = f32x4.add(l1, v128.load(other));
    h1 = f32x4.add(h1, v128.load(other, 16));
    other += step;
    l2 = f32x4.add(l2, v128.load(other));
    h2 = f32x4.add(h2, v128.load(other, 16));
    other += step;
    l3 = f32x4.add(l3, v128.load(other));
    h3 = f32x4.add(h3, v128.load(other, 16));
  }
  for (let ky = s.reach; ky > 0; ky--, from += inRow) {
    const end = from + run;
    let a0 = from;
    let a1 = a0 + apart;
    let a2 = a1 + apart;
    let a3 = a2 + apart;
    for (; a0 < end; weights += 32) {
      const low = v128.load(weights);
      const high = v128.load(weights, 16);
      const v0 = v128.load_splat<f32>(a0);
      a0 += 4;
      l0 = fma(v0, low, l0);
      h0 = fma(v0, high, h0);
      const v1 = v128.load_splat<f32>(a1);
      a1 += 4;
      l1 = fma(v1, low, l1);
      h1 = fma(v1, high, h1);
      const v2 = v128.load_splat<f32>(a2);
      a2 += 4;
      l2 = fma(v2, low, l2);
      h2 = fma(v2, high, h2);
      const v3 = v128.load_splat<f32>(a3);
      a3 += 4;
      l3 = fma(v3, low, l3);
      h3 = fma(v3, high, h3);
    }
  }
  const slope = f32x4.splat(s.slope);
  const cap = f32x4.splat(s.cap);
  const outPix = s.outPix;
  v128.store(to, bend(l0, slope, cap));
  v128.store(to, bend(h0, slope, cap), 16);
  to += outPix;
  v128.store(to, bend(l1, slope, cap));
  v128.store(to, bend(h1, slope, cap), 16);
  to += outPix;
  v128.store(to, bend(l2, slope, cap));
  v128.store(to, bend(h2, slope, cap), 16);
  to += outPix;
  v128.store(to, bend(l3, slope, cap));
  v128.store(to, bend(h3, slope, cap), 16);
}

/** One pixel by 8 channels: four sums each, that no product waits for the one before. */
function tile1(s: Step, from: usize, weights: usize, to: usize, bias: usize, other: usize): void {
  const inRow = s.inRow;
  const run = <usize>s.across << 2;
  let l0 = v128.load(bias);
  let h0 = v128.load(bias, 16);
  let l1 = f32x4.splat(0);
  let h1 = l1;
  let l2 = l1;
  let h2 = l1;
  let l3 = l1;
  let h3 = l1;
  if (other) {
    l0 = f32x4.add(l0, v128.load(other));
    h0 = f32x4.add(h0, v128.load(other, 16));
  }
  for (let ky = s.reach; ky > 0; ky--, from += inRow) {
    const end = from + run;
    let a = from;
    for (; a + 16 <= end; a += 16, weights += 128) {
      const v0 = v128.load_splat<f32>(a);
      const v1 = v128.load_splat<f32>(a, 4);
      const v2 = v128.load_splat<f32>(a, 8);
      const v3 = v128.load_splat<f32>(a, 12);
      l0 = fma(v0, v128.load(weights), l0);
      h0 = fma(v0, v128.load(weights, 16), h0);
      l1 = fma(v1, v128.load(weights, 32), l1);
      h1 = fma(v1, v128.load(weights, 48), h1);
      l2 = fma(v2, v128.load(weights, 64), l2);
      h2 = fma(v2, v128.load(weights, 80), h2);
      l3 = fma(v3, v128.load(weights, 96), l3);
      h3 = fma(v3, v128.load(weights, 112), h3);
    }
    for (; a < end; a += 4, weights += 32) {
      const v = v128.load_splat<f32>(a);
      l0 = fma(v, v128.load(weights), l0);
      h0 = fma(v, v128.load(weights, 16), h0);
    }
  }
  const slope = f32x4.splat(s.slope);
  const cap = f32x4.splat(s.cap);
  const low = f32x4.add(f32x4.add(l0, l1), f32x4.add(l2, l3));
  const high = f32x4.add(f32x4.add(h0, h1), f32x4.add(h2, h3));
  v128.store(to, bend(low, slope, cap));
  v128.store(to, bend(high, slope, cap), 16);
}
