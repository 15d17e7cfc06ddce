import type { Constant, Stored } from "./net";
import { aligned } from "./places";
import type { Room } from "./room";
import type { Tile } from "./tile";

/** The kernels make 8 channels at a time. */
export const PANEL = 8;

export function whole(channels: number): number {
  return Math.ceil(channels / PANEL) * PANEL;
}

/** Lays constants down as the kernels want them; each answers where. */
export class Packer {
  constructor(private readonly room: Room) {}

  /** One value a channel, filled up with zeroes. */
  row(values: Float32Array): number {
    const at = this.room.claim(whole(values.length) * 4);
    this.floats(at, whole(values.length)).fill(0).set(values);
    return at;
  }

  /** Rows of `channels` values, each filled up with zeroes. */
  rows({ stored }: Constant, channels: number): number {
    const rows = stored.bytes.length / stored.size / channels;
    const at = this.room.claim(rows * whole(channels) * 4);
    this.widen(stored, at, rows, channels, this.room.lend(stored.bytes.length));
    return at;
  }

  /** A convolution's window over an input of that pitch, by tiles or as it stands in the books. */
  window({ shape, stored }: Constant, pitch: number, tile: Tile): number {
    const [height = 0, width = 0, inputs = 0, outputs = 0] = shape;
    const panels = whole(outputs) / PANEL;
    const pixels = height * width;
    const at = this.room.claim((tile ? (tile + 2) ** 2 : pixels) * pitch * whole(outputs) * 4);
    const rows = pixels * inputs;
    const wide = aligned(rows * whole(outputs) * 4);
    const lent = this.room.lend(wide + stored.bytes.length);
    this.widen(stored, lent, rows, outputs, lent + wide);
    const { packPanels, packTiles } = this.room.instance;
    if (tile) packTiles(lent, at, tile, inputs, pitch, panels);
    else packPanels(lent, at, pixels, inputs, pitch, panels);
    return at;
  }

  private widen(
    { bytes, size, scale, min }: Stored,
    to: number,
    rows: number,
    count: number,
    through: number,
  ): void {
    const { memory, widen } = this.room.instance;
    new Uint8Array(memory.buffer, through).set(bytes);
    widen(through, to, rows, count, size, scale, min);
  }

  private floats(at: number, count: number): Float32Array {
    return new Float32Array(this.room.instance.memory.buffer, at, count);
  }
}
