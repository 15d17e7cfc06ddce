import { expect, test } from "vitest";
import { placed } from "./placed";

const BOX = { x: 10, y: 20, width: 30, height: 40, score: 1 };
const PICTURE = { width: 200, height: 100 };

test("a box is told in parts of its picture", () => {
  const expected = { left: "5.00%", top: "20.00%", width: "15.00%", height: "40.00%" };
  expect(placed(BOX, PICTURE, false)).toEqual(expected);
});

test("in a mirror it lies as far from the other side", () => {
  expect(placed(BOX, PICTURE, true).left).toBe("80.00%");
});
