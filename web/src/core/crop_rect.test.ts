import { expect, test } from "vitest";
import type { CropRule } from "./contract";
import { cropRect } from "./crop_rect";

const RULE: CropRule = { scale: 1, shift_x: 0, shift_y: 0, edge: "replicate" };
const box = (x: number, y: number, width: number, height: number) => ({
  x,
  y,
  width,
  height,
  score: 1,
});

test("the square's side is the box's longer one", () => {
  expect(cropRect(box(10, 20, 30, 40), RULE)).toEqual({ x: 5, y: 20, side: 40 });
});

test("the shift is measured in longer sides", () => {
  const rule = { ...RULE, shift_x: 0.5, shift_y: -0.25 };
  expect(cropRect(box(0, 0, 20, 40), rule)).toEqual({ x: 10, y: -10, side: 40 });
});

test("halves are rounded up, below zero too", () => {
  expect(cropRect(box(-2.5, 0.5, 4, 4), RULE)).toEqual({ x: -2, y: 1, side: 4 });
});

test("a box of nothing still gives one pixel", () => {
  expect(cropRect(box(3, 3, 0, 0), RULE).side).toBe(1);
});
