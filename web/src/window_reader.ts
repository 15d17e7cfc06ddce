import type { Window } from "./sampler";

/** Reads a part of a picture, and no more than that part, as RGBA bytes. */
export class WindowReader {
  private readonly canvas = new OffscreenCanvas(1, 1);
  private readonly context = this.canvas.getContext("2d", { willReadFrequently: true });

  read(picture: ImageBitmap, part: Omit<Window, "data">): Window {
    if (!this.context) throw new Error("no 2D canvas is to be had here");
    const { x, y, width, height } = part;
    if (this.canvas.width < width) this.canvas.width = width;
    if (this.canvas.height < height) this.canvas.height = height;
    this.context.globalCompositeOperation = "copy";
    this.context.drawImage(picture, x, y, width, height, 0, 0, width, height);
    return { ...part, data: this.context.getImageData(0, 0, width, height).data };
  }
}
