import type { Box, Size } from "../../lib";

export type Area = Omit<Box, "score">;

const GAP_PX = 5;
const RIM_PX = 2;

/** Where a label may stand at its box, the best first; the last always lies on the stage. */
export function placesAt(box: Area, label: Size, stage: Size): Area[] {
  const lowest = stage.height - label.height - RIM_PX;
  const within = (value: number, last: number) => Math.max(RIM_PX, Math.min(value, last));
  const left = within(box.x, stage.width - label.width - RIM_PX);
  const right = within(box.x + box.width - label.width, stage.width - label.width - RIM_PX);
  const above = box.y - label.height - GAP_PX;
  const below = box.y + box.height + GAP_PX;
  const rows = [above, below].filter((y) => y >= RIM_PX && y <= lowest);
  const outside = rows.flatMap((y) => [left, right].map((x) => ({ ...label, x, y })));
  return [...outside, { ...label, x: left, y: within(box.y + GAP_PX, lowest) }];
}

/** The first that touches nothing of what is taken, or else the last. */
export function firstFree<T extends { readonly area: Area }>(
  candidates: readonly T[],
  taken: readonly Area[],
): T | undefined {
  const free = candidates.find(({ area }) => !taken.some((other) => touch(area, other)));
  return free ?? candidates.at(-1);
}

function touch(a: Area, b: Area): boolean {
  const across = a.x < b.x + b.width && b.x < a.x + a.width;
  return across && a.y < b.y + b.height && b.y < a.y + a.height;
}
