/** The bytes of a WebAssembly module. */
export function bytesOf(hex: string): Uint8Array<ArrayBuffer> {
  // Not in all browsers yet, and ten times as fast.
  const own = (Uint8Array as { fromHex?: (hex: string) => Uint8Array<ArrayBuffer> }).fromHex;
  if (own) return own(hex);
  const bytes = new Uint8Array(hex.length / 2);
  for (let i = 0; i < bytes.length; i++)
    bytes[i] = Number.parseInt(hex.slice(2 * i, 2 * i + 2), 16);
  return bytes;
}
