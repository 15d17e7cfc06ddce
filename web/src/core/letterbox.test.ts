import { expect, test } from "vitest";
import { squareView, wholeView } from "./letterbox";

test("the square spans the long side, and the short one to a whole pixel", () => {
  const view = wholeView({ width: 1000, height: 667 }, 416);
  expect(view.spanX).toBe(1000);
  expect(view.spanY).toBeCloseTo((667 * 416) / 277, 9);
});

test("a square of the picture is spanned as it is", () => {
  expect(squareView({ x: -5, y: 7, side: 90 })).toEqual({ x: -5, y: 7, spanX: 90, spanY: 90 });
});

test("a picture that is far too narrow is still one pixel wide", () => {
  expect(wholeView({ width: 1, height: 1000 }, 416).spanX).toBe(416);
});
