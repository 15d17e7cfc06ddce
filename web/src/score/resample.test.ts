import { expect, test } from "vitest";
import type { Curves } from "./curves";
import { resample } from "./resample";

/** Of one label, so that each frame is one number. */
function curves(times_s: readonly number[], values: readonly (number | null)[]): Curves {
  const probabilities = values.map((value) => (value === null ? null : [value]));
  return { labels: ["a"], times_s, probabilities, uncertain: times_s.map(() => false) };
}

function sampled(times_s: readonly number[], values: readonly (number | null)[]) {
  return resample(curves(times_s, values), 10).values.map((row) => row?.[0] ?? null);
}

test("frames at the very rate are the samples, whenever the first comes", () => {
  const times_s = Array.from({ length: 9 }, (_, i) => 7 + i / 10);
  expect(sampled(times_s, times_s)).toHaveLength(9);
});

test("between two frames lies a straight line", () => {
  expect(sampled([0, 0.2, 0.4], [0, 1, 0])).toEqual([0, 0.5, 1, expect.closeTo(0.5, 12), 0]);
});

test("the nearer frame decides whether there is a face", () => {
  expect(sampled([0, 0.3, 0.6], [1, null, 1])).toEqual([1, 1, null, null, null, 1, 1]);
});

test("a moment more than a quarter of a second from any frame shows no face", () => {
  const [first, , third, fourth] = sampled([0, 0.8], [1, 1]);
  expect([first, third, fourth]).toEqual([1, 1, null]);
});

test("a sample is as uncertain as the nearer frame", () => {
  const unsure = { ...curves([0, 0.3], [0, 1]), uncertain: [true, false] };
  expect(resample(unsure, 10).uncertain).toEqual([true, true, false, false]);
});
