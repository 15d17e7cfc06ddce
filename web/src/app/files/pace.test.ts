import { expect, test } from "vitest";
import { paceOf } from "./pace";

test("half of a minute in ten seconds is three times as fast, with ten seconds left", () => {
  expect(paceOf(30, 60, 10)).toMatchObject({ speed: 3, left_s: 10 });
});

test("at the very beginning nothing is promised", () => {
  expect(paceOf(0.1, 60, 0.1)).toMatchObject({ speed: null, left_s: null });
  expect(paceOf(0, 60, 5)).toMatchObject({ speed: null, left_s: null });
});

test("a file that lasts longer than it says has no time left, not less", () => {
  expect(paceOf(61, 60, 10).left_s).toBe(0);
});
