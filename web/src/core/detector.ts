import type { Graph, Output } from "./backend";
import type { Crop } from "./contract";
import { decode } from "./decode";
import type { Box, Rect } from "./geometry";
import { Letterbox, squareView, type View, wholeView } from "./letterbox";
import { rgbFloats } from "./rgb_floats";
import { lookAgain, lookRect } from "./second_look";

const STRIDE = 32;

type Looks = Pick<Crop, "detector_size" | "second_look">;

/** face-api's Tiny Face Detector: whole pictures, or squares of them. */
export class TinyDetector {
  private readonly letterboxes = new Map<number, Letterbox>();
  /** For a graph that takes floats alone, one for each size. */
  private readonly floats = new Map<number, Float32Array>();

  constructor(private readonly graph: Graph) {}

  /** All faces of a picture, framed as the classifier is used to. */
  async faces(picture: ImageBitmap, looks: Looks): Promise<Box[]> {
    const { second_look } = looks;
    const boxes = await this.search(picture, looks);
    return lookAgain(boxes, second_look, (rect) => this.square(picture, rect, second_look.size));
  }

  /** The faces of a picture, or one that fills it and is too large for a look at the whole. */
  async search(picture: ImageBitmap, { detector_size, second_look }: Looks): Promise<Box[]> {
    const boxes = await this.whole(picture, detector_size);
    if (boxes.length > 0) return boxes;
    const all = { x: 0, y: 0, width: picture.width, height: picture.height, score: 0 };
    return this.square(picture, lookRect(all, second_look), second_look.size);
  }

  /** All faces of a picture whose long side is laid on `size`. */
  whole(picture: ImageBitmap, size: number): Promise<Box[]> {
    return this.look(this.letterbox(size).whole(picture), size, wholeView(picture, size));
  }

  /** The faces in a square of the picture, in the picture's own pixels. */
  square(picture: ImageBitmap, rect: Rect, size: number): Promise<Box[]> {
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
