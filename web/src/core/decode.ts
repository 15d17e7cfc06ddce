import { type Box, iou } from "./geometry";
import type { View } from "./letterbox";

/** face-api's src/tinyFaceDetector/const.ts: anchors in cells, and the overlap that merges boxes. */
const ANCHORS = [
  [1.603231, 2.094468],
  [6.041143, 7.080126],
  [2.882459, 3.518061],
  [4.266906, 5.178857],
  [9.041765, 10.66308],
] as const;
const IOU_THRESHOLD = 0.4;
const SCORE_THRESHOLD = 0.5;
const VALUES = 5;

/** The detector's raw output as boxes in the picture's pixels; the most certain comes first. */
export function decode(raw: Float32Array, cells: number, view: View): Box[] {
  const found: Box[] = [];
  for (let row = 0; row < cells; row++) {
    for (let column = 0; column < cells; column++) {
      ANCHORS.forEach(([width, height], anchor) => {
        const start = ((row * cells + column) * ANCHORS.length + anchor) * VALUES;
        const score = sigmoid(raw[start + 4] as number);
        if (!(score > SCORE_THRESHOLD)) return;
        const [tx, ty, tw, th] = raw.subarray(start, start + 4);
        const centreX = (column + sigmoid(tx as number)) / cells;
        const centreY = (row + sigmoid(ty as number)) / cells;
        const across = (Math.exp(tw as number) * width) / cells;
        const down = (Math.exp(th as number) * height) / cells;
        found.push({
          x: view.x + (centreX - across / 2) * view.spanX,
          y: view.y + (centreY - down / 2) * view.spanY,
          width: across * view.spanX,
          height: down * view.spanY,
          score,
        });
      });
    }
  }
  return suppress(found);
}

/** Keeps the most certain box of each heap, greedily. */
export function suppress(boxes: readonly Box[]): Box[] {
  const kept: Box[] = [];
  for (const box of [...boxes].sort((a, b) => b.score - a.score)) {
    if (kept.every((other) => iou(other, box) <= IOU_THRESHOLD)) kept.push(box);
  }
  return kept;
}

function sigmoid(value: number): number {
  return 1 / (1 + Math.exp(-value));
}
