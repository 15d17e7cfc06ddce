import type { Picture } from "./frame_canvas";
import type { Patch } from "./sampler";

/** Reads a part of a picture, and no more than that part, as RGBA bytes. */
export class PatchReader {
  private context: OffscreenCanvasRenderingContext2D | null = null;

  read(picture: Picture, part: Omit<Patch, "data">): Patch {
    const { x, y, width, height } = part;
    const context = this.roomFor(width, height);
    // Faster than to copy, with the same outcome.
    context.clearRect(0, 0, width, height);
    context.drawImage(picture, -x, -y);
    return { ...part, data: context.getImageData(0, 0, width, height).data };
  }

  private roomFor(width: number, height: number): OffscreenCanvasRenderingContext2D {
    this.context ??= new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
    if (!this.context) throw new Error("no 2D canvas is to be had here");
    const { canvas } = this.context;
    if (canvas.width < width) canvas.width = width;
    if (canvas.height < height) canvas.height = height;
    return this.context;
  }
}
