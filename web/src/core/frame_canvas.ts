/** A picture that can be drawn many times at little cost. */
export type Picture = ImageBitmap | OffscreenCanvas;

/** Lays the frames of cameras and decoders on a canvas, so that the colours of each are converted once. */
export class FrameCanvas {
  private context: OffscreenCanvasRenderingContext2D | null = null;

  /** A bitmap as it is; a frame until the next is laid. */
  lay(picture: ImageBitmap | VideoFrame): Picture {
    if (!("displayWidth" in picture)) return picture;
    const { displayWidth: width, displayHeight: height } = picture;
    this.context ??= new OffscreenCanvas(width, height).getContext("2d", {
      alpha: false,
      willReadFrequently: true,
    });
    if (!this.context) throw new Error("no 2D canvas is to be had here");
    const { canvas } = this.context;
    if (canvas.width !== width) canvas.width = width;
    if (canvas.height !== height) canvas.height = height;
    this.context.drawImage(picture, 0, 0, width, height);
    return canvas;
  }
}
