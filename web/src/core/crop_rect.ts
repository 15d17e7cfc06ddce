import type { CropRule } from "./contract";
import { type Box, type Rect, roundHalfUp } from "./geometry";

/** The square that a rule cuts for a box, on whole pixels; `face_detect/crop.py` says the same. */
export function cropRect(box: Box, rule: CropRule): Rect {
  const longer = Math.max(box.width, box.height);
  const side = Math.max(1, roundHalfUp(longer * rule.scale));
  const centreX = box.x + box.width / 2 + rule.shift_x * longer;
  const centreY = box.y + box.height / 2 + rule.shift_y * longer;
  return { x: roundHalfUp(centreX - side / 2), y: roundHalfUp(centreY - side / 2), side };
}
