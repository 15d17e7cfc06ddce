import type { Graph, Output } from "./backend";
import { decode } from "./decode";
import type { Picture } from "./frame_canvas";
import type { Box, Rect } from "./geometry";
import { Letterbox, squareView, type View, wholeView } from "./letterbox";
import { rgbFloats } from "./rgb_floats";

const STRIDE = 32;

/** face-api's Tiny Face Detector: whole pictures, or squares of them. */
export class TinyDetector {
  private readonly letterboxes = new Map<number, Letterbox>();
  /** For a graph that takes floats alone, one for each size. */
  private readonly floats = new Map<number, Float32Array>();

  constructor(private readonly graph: Graph) {}

  /** All faces of a picture whose long side is laid on `size`. */
  whole(picture: Picture, size: number): Promise<Box[]> {
    return this.look(this.letterbox(size).whole(picture), size, wholeView(picture, size));
  }

  /** The faces in a square of the picture, in the picture's own pixels. */
  square(picture: Picture, rect: Rect, size: number): Promise<Box[]> {
    return this.look(this.letterbox(size).square(picture, rect), size, squareView(rect));
  }

  private async look(rgba: Uint8ClampedArray, size: number, view: View): Promise<Box[]> {
    const { values } = await this.ask(rgba, size);
    return decode(values, size / STRIDE, view);
  }

  private ask(rgba: Uint8ClampedArray, size: number): Promise<Output> {
    const shape = [1, size, size, 3];
    if (this.graph.runPixels) return this.graph.runPixels(rgba, shape);
    const rgb = rgbFloats(rgba, this.floats.get(size));
    this.floats.set(size, rgb);
    return this.graph.run(rgb, shape);
  }

  private letterbox(size: number): Letterbox {
    const known = this.letterboxes.get(size);
    if (known) return known;
    const made = new Letterbox(size);
    this.letterboxes.set(size, made);
    return made;
  }
}
