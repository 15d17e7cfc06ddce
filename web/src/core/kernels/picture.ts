import type { Padding, Sides, Window } from "./net";

export const NO_SIDES: Sides = { top: 0, bottom: 0, left: 0, right: 0 };

/** Where a tensor lies: rows of pixels of channels, within a border of zeroes. */
export interface Picture {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  /** Floats from one pixel to the next. */
  readonly pitch: number;
  readonly border: Sides;
  /** Whether the graph knows no height and width of it. */
  readonly flat: boolean;
}

export function pixelBytes({ pitch }: Picture): number {
  return pitch * 4;
}

export function rowBytes({ width, pitch, border }: Picture): number {
  return (border.left + width + border.right) * pitch * 4;
}

export function pictureBytes(picture: Picture): number {
  const { height, border } = picture;
  return (border.top + height + border.bottom) * rowBytes(picture);
}

/** From the border's corner to the picture's. */
export function inset(picture: Picture): number {
  const { border } = picture;
  return border.top * rowBytes(picture) + border.left * pixelBytes(picture);
}

export function hasBorder({ border }: Picture): boolean {
  return border.top + border.bottom + border.left + border.right > 0;
}

export interface Slid {
  readonly height: number;
  readonly width: number;
  readonly sides: Sides;
}

/** How often a window fits, and what it reaches over each side. */
export function slide({ height, width }: Pick<Picture, "height" | "width">, window: Window): Slid {
  const { padding, strideX, strideY } = window;
  const down = along(height, window.height, strideY, padding, ["top", "bottom"]);
  const across = along(width, window.width, strideX, padding, ["left", "right"]);
  const sides = { top: down.before, bottom: down.after, left: across.before, right: across.after };
  return { height: down.count, width: across.count, sides };
}

function along(
  size: number,
  reach: number,
  stride: number,
  padding: Padding,
  [first, last]: readonly [keyof Sides, keyof Sides],
) {
  if (padding === "same") {
    const count = Math.ceil(size / stride);
    const missing = Math.max((count - 1) * stride + reach - size, 0);
    const before = Math.floor(missing / 2);
    return { count, before, after: missing - before };
  }
  const { [first]: before, [last]: behind } = padding === "valid" ? NO_SIDES : padding;
  const count = Math.floor((size + before + behind - reach) / stride) + 1;
  return { count, before, after: Math.max((count - 1) * stride + reach - size - before, 0) };
}
