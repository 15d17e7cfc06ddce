import type { SecondLook } from "./contract";
import type { Box, Rect } from "./geometry";
import { closest, lookAgain, lookRect } from "./second_look";
import { Smoother } from "./smooth";

const WHOLE_EVERY_MS = 1000;
const BOX_CONSTANT_MS = 60;

/** The faces of one frame: in the whole of it, or only in a square. */
export interface Sight {
  whole(): Promise<Box[]>;
  near(rect: Rect): Promise<Box[]>;
}

export interface Track {
  readonly box: Box;
  /** Not the face that was followed before. */
  readonly fresh: boolean;
}

/** Follows one face from frame to frame, looking at the whole frame only now and then. */
export class Tracker {
  private face: Box | null = null;
  private whole_ms = Number.NEGATIVE_INFINITY;
  private readonly smoother = new Smoother(BOX_CONSTANT_MS);

  constructor(private readonly look: SecondLook) {}

  /** Which face is followed in this frame, and where it is. */
  async follow(sight: Sight, now_ms: number): Promise<Track | null> {
    const before = this.face;
    const near = before && !this.due(now_ms) ? await this.near(before, sight) : null;
    if (near) return this.take(near, false, now_ms);
    this.whole_ms = now_ms;
    const boxes = await sight.whole();
    const same = before && (await this.again(before, boxes, sight));
    return this.take(same ?? (await this.first(boxes, sight)), !same, now_ms);
  }

  reset(): void {
    this.face = null;
    this.whole_ms = Number.NEGATIVE_INFINITY;
    this.smoother.reset();
  }

  private due(now_ms: number): boolean {
    return now_ms - this.whole_ms >= WHOLE_EVERY_MS || now_ms < this.whole_ms;
  }

  /** A far face may show only to the nearer look: it is not given up before that. */
  private async again(before: Box, boxes: readonly Box[], sight: Sight): Promise<Box | null> {
    const seen = closest(before, boxes);
    return seen ? this.first([seen], sight) : this.near(before, sight);
  }

  private async near(face: Box, sight: Sight): Promise<Box | null> {
    return closest(face, await sight.near(lookRect(face, this.look)));
  }

  /** The first that a second look confirms, as that look sees it. */
  private async first(boxes: readonly Box[], sight: Sight): Promise<Box | null> {
    for (const box of boxes) {
      const [better] = await lookAgain([box], this.look, (rect) => sight.near(rect));
      if (better) return better;
    }
    return null;
  }

  private take(box: Box | null, fresh: boolean, now_ms: number): Track | null {
    if (fresh) this.smoother.reset();
    this.face = box && this.smoothed(box, now_ms);
    return this.face && { box: this.face, fresh };
  }

  private smoothed(box: Box, now_ms: number): Box {
    const values = this.smoother.next([box.x, box.y, box.width, box.height], now_ms);
    const [x, y, width, height] = values as [number, number, number, number];
    return { x, y, width, height, score: box.score };
  }
}
