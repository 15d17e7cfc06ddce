import type { SecondLook } from "./contract";
import { type Box, iou, type Rect, roundHalfUp } from "./geometry";

/** From here on two boxes may be one face that moved. */
export const SAME_FACE_IOU = 0.3;
/** Above this, two boxes of one frame are one face. */
export const TWICE_IOU = 0.4;

/** The square that a face is looked at again in: the arithmetic of face_detect/second_look.py. */
export function lookRect(box: Box, look: SecondLook): Rect {
  const side = Math.max(1, roundHalfUp(look.factor * Math.max(box.width, box.height)));
  return {
    x: roundHalfUp(box.x + box.width / 2 - side / 2),
    y: roundHalfUp(box.y + box.height / 2 - side / 2),
    side,
  };
}

/**
 * Each box as `find` sees it in its square; a face that comes twice, once. Where the second look
 * sees only other faces, the first was mistaken; where it sees none, the first is believed. The most
 * certain comes first.
 *
 * The detector's boxes depend on the face's size in its input, and the classifier wants one framing.
 */
export async function lookAgain(
  boxes: readonly Box[],
  look: SecondLook,
  find: (rect: Rect) => Promise<Box[]>,
): Promise<Box[]> {
  const kept: Box[] = [];
  for (const box of boxes) {
    const near = await find(lookRect(box, look));
    const better = near.length > 0 ? closest(box, near) : box;
    if (better && kept.every((other) => iou(better, other) <= TWICE_IOU)) kept.push(better);
  }
  return kept.sort((one, other) => other.score - one.score);
}

/** The box that overlaps most with `face`, so that two people do not take turns. */
function closest(face: Box, boxes: readonly Box[]): Box | null {
  let best: Box | null = null;
  for (const box of boxes) {
    const overlap = iou(face, box);
    if (overlap >= SAME_FACE_IOU && (!best || overlap > iou(face, best))) best = box;
  }
  return best;
}
