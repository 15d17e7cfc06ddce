import type { SecondLook } from "./contract";
import type { Box, Rect } from "./geometry";
import { closest, lookRect } from "./second_look";
import { Smoother } from "./smooth";

const WHOLE_EVERY_MS = 1000;
const BOX_CONSTANT_MS = 60;

/** Where to look next: the whole frame, or only around where the face was. */
export type Look = { readonly kind: "whole" } | { readonly kind: "near"; readonly rect: Rect };

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

  next(now_ms: number): Look {
    const due = now_ms - this.whole_ms >= WHOLE_EVERY_MS || now_ms < this.whole_ms;
    return this.face && !due
      ? { kind: "near", rect: lookRect(this.face, this.look) }
      : { kind: "whole" };
  }

  /** Takes what a look has found; says which face is followed now, and where. */
  found(look: Look, boxes: readonly Box[], now_ms: number): Track | null {
    if (look.kind === "whole") this.whole_ms = now_ms;
    const before = this.face;
    const same = before ? closest(before, boxes) : null;
    if (!same) this.smoother.reset();
    const box = same ?? boxes[0] ?? null;
    this.face = box && this.smoothed(box, now_ms);
    return this.face && { box: this.face, fresh: !same };
  }

  reset(): void {
    this.face = null;
    this.whole_ms = Number.NEGATIVE_INFINITY;
    this.smoother.reset();
  }

  private smoothed(box: Box, now_ms: number): Box {
    const values = this.smoother.next([box.x, box.y, box.width, box.height], now_ms);
    const [x, y, width, height] = values as [number, number, number, number];
    return { x, y, width, height, score: box.score };
  }
}
