/** Where the memory begins that this makes no use of. */
export function base(): usize {
  return __heap_base;
}

/**
 * Scales RGBA pixels to `size` × `size` RGB bytes, in doubles: rows first are squeezed across, then
 * mixed down. `across` and `down` have `taps` weights for each output pixel, and behind them all
 * the places that these are of; `room` takes the squeezed rows and one more.
 */
export function sample(
  rgba: usize, width: i32, height: i32, rgb: usize, size: i32,
  across: usize, down: usize, taps: i32, room: usize,
): void {
  const pitch = <usize>size * 3 << 3;
  const places = <usize>(size * taps) << 3;
  for (let row = 0; row < height; row++) {
    squeeze(rgba + (<usize>(row * width) << 2), room + row * pitch, size, across, places, taps);
  }
  const mixed = room + height * pitch;
  for (let row = 0; row < size; row++) {
    const first = <usize>(row * taps);
    mix(room, mixed, pitch, down + (first << 3), down + places + (first << 2), taps);
    round(mixed, rgb + row * size * 3, size * 3);
  }
}

function squeeze(
  row: usize, to: usize, size: i32, weights: usize, places: usize, taps: i32,
): void {
  let place = weights + places;
  for (; size > 0; size--, to += 24) {
    let red: f64 = 0;
    let green: f64 = 0;
    let blue: f64 = 0;
    for (let tap = taps; tap > 0; tap--, place += 4, weights += 8) {
      const pixel = load<u32>(row + (<usize>load<i32>(place) << 2));
      const weight = load<f64>(weights);
      red += weight * <f64>(pixel & 255);
      green += weight * <f64>((pixel >>> 8) & 255);
      blue += weight * <f64>((pixel >>> 16) & 255);
    }
    store<f64>(to, red);
    store<f64>(to, green, 8);
    store<f64>(to, blue, 16);
  }
}

function mix(
  squeezed: usize, mixed: usize, pitch: usize, weights: usize, place: usize, taps: i32,
): void {
  memory.fill(mixed, 0, pitch);
  for (; taps > 0; taps--, place += 4, weights += 8) {
    const row = squeezed + <usize>load<i32>(place) * pitch;
    const weight = load<f64>(weights);
    for (let at: usize = 0; at < pitch; at += 8) {
      store<f64>(mixed + at, load<f64>(mixed + at) + weight * load<f64>(row + at));
    }
  }
}

/** Half goes up. */
function round(mixed: usize, rgb: usize, count: i32): void {
  for (; count > 0; count--, mixed += 8, rgb++) store<u8>(rgb, <i32>(load<f64>(mixed) + 0.5));
}
