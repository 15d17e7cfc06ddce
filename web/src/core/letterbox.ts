import type { Picture } from "./frame_canvas";
import { type Rect, roundHalfUp, type Size } from "./geometry";

/** Where the detector's square lies in the picture: its corner, and the pixels that it spans. */
export interface View {
  readonly x: number;
  readonly y: number;
  readonly spanX: number;
  readonly spanY: number;
}

/** Fits pictures, or squares of them, into the detector's square input: RGBA bytes, of which it minds no A. */
export class Letterbox {
  private readonly context: OffscreenCanvasRenderingContext2D;

  constructor(readonly size: number) {
    const canvas = new OffscreenCanvas(size, size);
    // Kept transparent like face-api's own: a half-covered last column then keeps its full colour.
    const context = canvas.getContext("2d", { willReadFrequently: true });
    if (!context) throw new Error("no 2D canvas is to be had here");
    this.context = context;
  }

  /** The whole picture, its long side on `size`, top left on black. */
  whole(picture: Picture): Uint8ClampedArray {
    return this.draw(picture, { x: 0, y: 0, side: Math.max(picture.width, picture.height) });
  }

  /** A square of the picture; black where it reaches over the edge. */
  square(picture: Picture, rect: Rect): Uint8ClampedArray {
    return this.draw(picture, rect);
  }

  private draw(picture: Picture, { x, y, side }: Rect): Uint8ClampedArray {
    const { context, size } = this;
    const scale = size / side;
    context.clearRect(0, 0, size, size);
    context.drawImage(
      picture,
      -x * scale,
      -y * scale,
      picture.width * scale,
      picture.height * scale,
    );
    return context.getImageData(0, 0, size, size).data;
  }
}

/** face-api rounds the scaled picture to whole pixels before it maps boxes back; so do we. */
export function wholeView(picture: Size, size: number): View {
  const scale = size / Math.max(picture.width, picture.height);
  return {
    x: 0,
    y: 0,
    spanX: (picture.width * size) / Math.max(1, roundHalfUp(picture.width * scale)),
    spanY: (picture.height * size) / Math.max(1, roundHalfUp(picture.height * scale)),
  };
}

export function squareView(rect: Rect): View {
  return { x: rect.x, y: rect.y, spanX: rect.side, spanY: rect.side };
}
