import type { Crop } from "./contract";
import type { Picture } from "./frame_canvas";
import type { Box, Rect } from "./geometry";
import type { Looks } from "./messages";
import { lookAgain, lookRect } from "./second_look";
import type { Sight } from "./tracker";

/** What is needed of `TinyDetector`. */
interface Detector {
  whole(picture: Picture, size: number): Promise<Box[]>;
  square(picture: Picture, rect: Rect, size: number): Promise<Box[]>;
}

/** What the detector sees in one picture. No square of it is looked at twice. */
export class Scene implements Sight {
  private wholes = 0;
  private readonly squares = new Map<string, Promise<Box[]>>();

  constructor(
    private readonly detector: Detector,
    private readonly picture: Picture,
    private readonly crop: Pick<Crop, "detector_size" | "second_look">,
  ) {}

  get looks(): Looks {
    return { whole: this.wholes, near: this.squares.size };
  }

  /** All faces, framed as the classifier is used to. */
  async faces(): Promise<Box[]> {
    return lookAgain(await this.whole(), this.crop.second_look, (rect) => this.near(rect));
  }

  /** All faces, or one that fills the picture and is too large for a look at the whole. */
  async whole(): Promise<Box[]> {
    const { picture, crop } = this;
    this.wholes++;
    const boxes = await this.detector.whole(picture, crop.detector_size);
    if (boxes.length > 0) return boxes;
    const all = { x: 0, y: 0, width: picture.width, height: picture.height, score: 0 };
    return this.near(lookRect(all, crop.second_look));
  }

  near(rect: Rect): Promise<Box[]> {
    const square = `${rect.x} ${rect.y} ${rect.side}`;
    const known = this.squares.get(square);
    if (known) return known;
    const made = this.detector.square(this.picture, rect, this.crop.second_look.size);
    this.squares.set(square, made);
    return made;
  }
}
