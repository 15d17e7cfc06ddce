/** RGB floats of RGBA bytes; `count` is a multiple of 4. */
export function readPixels(rgba: usize, rgb: usize, count: i32): void {
  const none = i32x4.splat(0);
  for (; count > 0; count -= 4, rgba += 16, rgb += 48) {
    const four = v128.load(rgba);
    const first = v128.shuffle<u8>(
      four, none, 0, 16, 16, 16, 1, 16, 16, 16, 2, 16, 16, 16, 4, 16, 16, 16,
    );
    const second = v128.shuffle<u8>(
      four, none, 5, 16, 16, 16, 6, 16, 16, 16, 8, 16, 16, 16, 9, 16, 16, 16,
    );
    const third = v128.shuffle<u8>(
      four, none, 10, 16, 16, 16, 12, 16, 16, 16, 13, 16, 16, 16, 14, 16, 16, 16,
    );
    v128.store(rgb, f32x4.convert_i32x4_s(first));
    v128.store(rgb, f32x4.convert_i32x4_s(second), 16);
    v128.store(rgb, f32x4.convert_i32x4_s(third), 32);
  }
}
