import { expect, test } from "vitest";
import { complaint, testPicture } from "./selftest";

test("the test picture is the formula, pixel by pixel", () => {
  const picture = testPicture(40, 3);
  expect(picture[(5 * 40 + 31) * 3 + 2]).toBe((31 * 7 + 5 * 13 + 2 * 29 + 31 * 5) % 256);
});

test("the tolerance is measured against the largest output", () => {
  const expected = { outputs: [10, -20], tolerance: 0.05 };
  expect(complaint([11, -20], expected)).toBeNull();
  expect(complaint([11.1, -20], expected)).toMatch(/off by 1.10, allowed 1.00/);
});

test("each head is held to its own largest output", () => {
  const expected = { outputs: [10, -20, 0.5, 1], tolerance: 0.05 };
  expect(complaint([11, -20, 0.5, 1.1], expected)).toBeNull();
  expect(complaint([11, -20, 0.5, 1.1], expected, [2, 2])).toMatch(/off by 0.100, allowed 0.0500/);
});

test("an output that is not a number fails", () => {
  expect(complaint([Number.NaN], { outputs: [1], tolerance: 1 })).not.toBeNull();
});

test("an output of another length fails", () => {
  expect(complaint([1], { outputs: [1, 2], tolerance: 1 })).toBe("1 outputs, expected 2");
});
