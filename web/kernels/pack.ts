/** The side × 3 vectors of a window on its way to a tile. */
const columns = memory.data(288, 16);

/**
 * Rows of `count` values of 1, 2 or 4 bytes as floats, each row filled up with zeroes to whole panels
 * of 8. Four bytes are a float already; the others are value · scale + min, rounded once, as by TF.js.
 */
export function widen(from: usize, to: usize, rows: i32, count: i32, size: i32, scale: f64, min: f64): void {
  const filled = (count + 7) & ~7;
  for (; rows > 0; rows--, from += count * size, to += filled << 2) {
    if (size == 4) memory.copy(to, from, count << 2);
    else widenRow(from, to, count, size, scale, min);
    memory.fill(to + (count << 2), 0, (filled - count) << 2);
  }
}

function widenRow(from: usize, to: usize, count: i32, size: i32, scale: f64, min: f64): void {
  const scales = f64x2.splat(scale);
  const mins = f64x2.splat(min);
  let i = 0;
  for (; i + 4 <= count; i += 4) {
    const words = size == 1
      ? i16x8.extend_low_i8x16_u(v128.load32_zero(from + i))
      : v128.load64_zero(from + 2 * i);
    const whole = i32x4.extend_low_i16x8_u(words);
    const low = f64x2.convert_low_i32x4_s(whole);
    const high = f64x2.convert_low_i32x4_s(v128.shuffle<u64>(whole, whole, 1, 0));
    const a = f32x4.demote_f64x2_zero(f64x2.add(f64x2.mul(low, scales), mins));
    const b = f32x4.demote_f64x2_zero(f64x2.add(f64x2.mul(high, scales), mins));
    v128.store(to + 4 * i, v128.shuffle<u64>(a, b, 0, 2));
  }
  for (; i < count; i++) {
    const value = size == 1 ? <i32>load<u8>(from + i) : <i32>load<u16>(from + 2 * i);
    store<f32>(to + 4 * i, <f32>(<f64>value * scale + min));
  }
}

/**
 * For each 8 channels out all that goes into them, in the order in which it is read. `from` has a row
 * of whole panels for each of a window's pixels and of its channels in; `pitch` may be more of those.
 */
export function packPanels(from: usize, to: usize, window: i32, inputs: i32, pitch: i32, panels: i32): void {
  if (pitch > inputs) memory.fill(to, 0, (window * pitch * panels) << 5);
  for (let panel = 0; panel < panels; panel++) {
    let at = from + (panel << 5);
    for (let pixel = 0; pixel < window; pixel++) {
      let place = to + (((panel * window + pixel) * pitch) << 5);
      for (let input = 0; input < inputs; input++, at += panels << 5, place += 32) {
        v128.store(place, v128.load(at));
        v128.store(place, v128.load(at, 16), 16);
      }
    }
  }
}

/** One matrix for each number of a tile, each packed like a convolution of 1 × 1; `from` as there. */
export function packTiles(from: usize, to: usize, tile: i32, inputs: i32, pitch: i32, panels: i32): void {
  const side = tile + 2;
  const each = <usize>(pitch * panels) << 5;
  const row = <usize>panels << 5;
  if (pitch > inputs) memory.fill(to, 0, side * side * each);
  for (let panel = 0; panel < panels; panel++) {
    for (let input = 0; input < inputs; input++) {
      const at = from + input * row + (panel << 5);
      const place = to + ((panel * pitch + input) << 5);
      packWindow(at, inputs * row, side, place, each);
      packWindow(at + 16, inputs * row, side, place + 16, each);
    }
  }
}

/** The 9 vectors of a window, `apart` from each other, as the side × side of a tile. */
function packWindow(from: usize, apart: usize, side: i32, to: usize, each: usize): void {
  for (let x = 0; x < 3; x++) {
    if (side == 6) weights6(from + x * apart, 3 * apart, columns + (x << 4), 48);
    else weights4(from + x * apart, 3 * apart, columns + (x << 4), 48);
  }
  for (let y = 0; y < side; y++) {
    if (side == 6) weights6(columns + y * 48, 16, to + y * 6 * each, each);
    else weights4(columns + y * 48, 16, to + y * 4 * each, each);
  }
}

// @ts-ignore: a decorator of AssemblyScript's
@inline
function times(value: v128, factor: f32): v128 {
  return f32x4.mul(value, f32x4.splat(factor));
}

function weights6(from: usize, apart: usize, to: usize, step: usize): void {
  const a = v128.load(from);
  const b = v128.load(from + apart);
  const c = v128.load(from + 2 * apart);
  v128.store(to, times(a, 0.25));
  const even = times(f32x4.add(a, c), -1 / 6);
  const odd = times(b, 1 / 6);
  v128.store(to + step, f32x4.sub(even, odd));
  v128.store(to + 2 * step, f32x4.add(even, odd));
  const outer = f32x4.add(times(a, 1 / 24), times(c, 1 / 6));
  const inner = times(b, 1 / 12);
  v128.store(to + 3 * step, f32x4.add(outer, inner));
  v128.store(to + 4 * step, f32x4.sub(outer, inner));
  v128.store(to + 5 * step, c);
}

function weights4(from: usize, apart: usize, to: usize, step: usize): void {
  const a = v128.load(from);
  const b = v128.load(from + apart);
  const c = v128.load(from + 2 * apart);
  v128.store(to, a);
  const outer = times(f32x4.add(a, c), 0.5);
  const inner = times(b, 0.5);
  v128.store(to + step, f32x4.add(outer, inner));
  v128.store(to + 2 * step, f32x4.sub(outer, inner));
  v128.store(to + 3 * step, c);
}
