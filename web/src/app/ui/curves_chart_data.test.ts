import { expect, test } from "vitest";
import { forgetBefore, leading, leadingShares, nearest, toSeries } from "./curves_chart_data";

const SERIES = [
  [0.7, null, 0.2, 0.9],
  [0.3, null, 0.8, 0.1],
];

test("a frame without a face is a gap in every curve", () => {
  expect(toSeries(2, [[0.7, 0.3], null])).toEqual([
    [0.7, null],
    [0.3, null],
  ]);
});

test.each([
  [-5, 0],
  [0.24, 0],
  [0.26, 1],
  [0.9, 2],
  [99, 2],
])("the frame nearest to %f s is number %i", (time_s, index) => {
  expect(nearest([0, 0.5, 1], time_s)).toBe(index);
});

test("no frame is nearest where there is none", () => {
  expect(nearest([], 1)).toBe(-1);
});

test("only frames with a face count towards the shares", () => {
  expect(leadingShares(SERIES)).toEqual([2 / 3, 1 / 3]);
  expect(leadingShares([[null], [null]])).toEqual([0, 0]);
});

test("nobody leads where there is no face", () => {
  expect(leading(SERIES, 1)).toBe(-1);
  expect(leading(SERIES, 2)).toBe(1);
});

test("what has left the window is forgotten in every curve", () => {
  const times_s = [1, 2, 3];
  const series: (number | null)[][] = [[0.1, 0.2, 0.3]];
  forgetBefore(2, times_s, series);
  expect([times_s, series]).toEqual([[2, 3], [[0.2, 0.3]]]);
});
