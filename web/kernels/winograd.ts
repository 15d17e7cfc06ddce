import { activate, BENT } from "./activate";
import { line } from "./conv";
import { bend } from "./simd";
import { Step } from "./step";

/** Room for one tile of 6 × 6 vectors, twice. */
const first = memory.data(576, 16);
const second = memory.data(576, 16);

/**
 * A 3 × 3 convolution of stride 1 by Winograd's way: tiles of 4 × 4 or 2 × 2 outputs, with a quarter
 * of the products, or less than half.
 */
export function convolveTiles(s: Step): void {
  const products = changetype<Step>(s.parts);
  const side = s.tile + 2;
  spread(s, products.in, products.inRow);
  const panels = products.channels >> 3;
  const panelBytes = <usize>products.across << 5;
  let weights = products.weights;
  for (let p = 0; p < side * side; p++) {
    const from = products.in + p * products.inRow;
    for (let panel = 0; panel < panels; panel++, weights += panelBytes) {
      const to = products.out + p * products.outRow + (panel << 5);
      line(products, from, weights, to, products.bias, 0);
    }
  }
  gather(s, products.out, products.outRow);
}

/** Each tile of the input as side × side numbers, which lie apart. */
function spread(s: Step, to: usize, apart: usize): void {
  const side = s.tile + 2;
  const bytes = <usize>s.across << 2;
  for (let ty = 0; ty < s.tilesDown; ty++) {
    for (let tx = 0; tx < s.tilesAcross; tx++) {
      const corner = s.in + ty * s.tile * s.inRow + tx * s.tile * s.inPix;
      for (let c: usize = 0; c < bytes; c += 16, to += 16) {
        for (let x = 0; x < side; x++) {
          const column = first + (x << 4);
          if (side == 6) input6(corner + x * s.inPix + c, s.inRow, column, 96);
          else input4(corner + x * s.inPix + c, s.inRow, column, 64);
        }
        for (let y = 0; y < side; y++) {
          const row = first + y * (side << 4);
          if (side == 6) input6(row, 16, to + y * 6 * apart, apart);
          else input4(row, 16, to + y * 4 * apart, apart);
        }
      }
    }
  }
}

function gather(s: Step, from: usize, apart: usize): void {
  const side = s.tile + 2;
  const bytes = <usize>s.channels << 2;
  for (let ty = 0; ty < s.tilesDown; ty++) {
    for (let tx = 0; tx < s.tilesAcross; tx++) {
      for (let c: usize = 0; c < bytes; c += 16, from += 16) {
        for (let x = 0; x < side; x++) {
          if (side == 6) output6(from + x * apart, 6 * apart, first + (x << 4), 96);
          else output4(from + x * apart, 4 * apart, first + (x << 4), 64);
        }
        for (let y = 0; y < s.tile; y++) {
          const row = first + y * (side << 4);
          if (side == 6) output6(row, 16, second + (y << 6), 16);
          else output4(row, 16, second + (y << 5), 16);
        }
        settle(s, ty, tx, c);
      }
    }
  }
  if (s.activation == BENT) return;
  for (let y = 0; y < s.rows; y++)
    activate(s.activation, s.out + y * s.outRow, s.outPix, s.width, bytes, s.slopes);
}

/** A tile of outputs goes where it belongs, as far as it lies within the picture. */
// @ts-ignore: a decorator of AssemblyScript's
@inline
function settle(s: Step, ty: i32, tx: i32, c: usize): void {
  const slope = f32x4.splat(s.slope);
  const cap = f32x4.splat(s.cap);
  const bias = v128.load(s.bias + c);
  const side = s.pooled ? s.tile >> 1 : s.tile;
  const rows = min(side, s.rows - ty * side);
  const columns = min(side, s.width - tx * side);
  const pitch = <usize>s.tile << 4;
  const corner = s.out + ty * side * s.outRow + tx * side * s.outPix + c;
  for (let y = 0; y < rows; y++) {
    for (let x = 0; x < columns; x++) {
      let value: v128;
      if (s.pooled) {
        const at = second + 2 * y * pitch + (x << 5);
        const upper = f32x4.pmax(v128.load(at), v128.load(at, 16));
        const lower = f32x4.pmax(v128.load(at + pitch), v128.load(at + pitch, 16));
        value = f32x4.pmax(upper, lower);
      } else value = v128.load(second + y * pitch + (x << 4));
      v128.store(corner + y * s.outRow + x * s.outPix, bend(f32x4.add(value, bias), slope, cap));
    }
  }
}

// @ts-ignore: a decorator of AssemblyScript's
@inline
function times(value: v128, factor: f32): v128 {
  return f32x4.mul(value, f32x4.splat(factor));
}

function input6(from: usize, apart: usize, to: usize, step: usize): void {
  const a = v128.load(from);
  const b = v128.load(from + apart);
  const c = v128.load(from + 2 * apart);
  const d = v128.load(from + 3 * apart);
  const e = v128.load(from + 4 * apart);
  const f = v128.load(from + 5 * apart);
  v128.store(to, f32x4.add(f32x4.sub(times(a, 4), times(c, 5)), e));
  const even = f32x4.sub(e, times(c, 4));
  const odd = f32x4.sub(d, times(b, 4));
  v128.store(to + step, f32x4.add(even, odd));
  v128.store(to + 2 * step, f32x4.sub(even, odd));
  const outer = f32x4.sub(e, c);
  const inner = times(f32x4.sub(d, b), 2);
  v128.store(to + 3 * step, f32x4.add(outer, inner));
  v128.store(to + 4 * step, f32x4.sub(outer, inner));
  v128.store(to + 5 * step, f32x4.add(f32x4.sub(times(b, 4), times(d, 5)), f));
}

function output6(from: usize, apart: usize, to: usize, step: usize): void {
  const a = v128.load(from);
  const b = v128.load(from + apart);
  const c = v128.load(from + 2 * apart);
  const d = v128.load(from + 3 * apart);
  const e = v128.load(from + 4 * apart);
  const f = v128.load(from + 5 * apart);
  const near = f32x4.add(b, c);
  const far = f32x4.add(d, e);
  const nearer = f32x4.sub(b, c);
  const farther = f32x4.sub(d, e);
  v128.store(to, f32x4.add(a, f32x4.add(near, far)));
  v128.store(to + step, f32x4.add(nearer, times(farther, 2)));
  v128.store(to + 2 * step, f32x4.add(near, times(far, 4)));
  v128.store(to + 3 * step, f32x4.add(f32x4.add(nearer, times(farther, 8)), f));
}

function input4(from: usize, apart: usize, to: usize, step: usize): void {
  const a = v128.load(from);
  const b = v128.load(from + apart);
  const c = v128.load(from + 2 * apart);
  const d = v128.load(from + 3 * apart);
  v128.store(to, f32x4.sub(a, c));
  v128.store(to + step, f32x4.add(b, c));
  v128.store(to + 2 * step, f32x4.sub(c, b));
  v128.store(to + 3 * step, f32x4.sub(b, d));
}

function output4(from: usize, apart: usize, to: usize, step: usize): void {
  const a = v128.load(from);
  const b = v128.load(from + apart);
  const c = v128.load(from + 2 * apart);
  const d = v128.load(from + 3 * apart);
  v128.store(to, f32x4.add(a, f32x4.add(b, c)));
  v128.store(to + step, f32x4.sub(f32x4.sub(b, c), d));
}
