import { expect, test } from "vitest";
import { afterKey } from "./curves_chart_slider";

const TIMES_S = [0, 0.5, 1, 1.5, 2, 2.5];

test.each([
  ["ArrowRight", 1, 1.5],
  ["ArrowLeft", 1, 0.5],
  ["ArrowLeft", 0, 0],
  ["ArrowRight", 2.5, 2.5],
  ["PageUp", 0.5, 1.5],
  ["PageDown", 0.5, 0],
  ["Home", 2, 0],
  ["End", 0, 2.5],
])("%s leads from %f s to %f s", (key, at_s, then_s) => {
  expect(afterKey(key, TIMES_S, at_s)).toBe(then_s);
});

test("other keys and an empty chart lead nowhere", () => {
  expect(afterKey("a", TIMES_S, 1)).toBeNull();
  expect(afterKey("End", [], 0)).toBeNull();
});
