import { expect, test } from "vitest";
import { alignClips, distance, pathOf } from "./align_clips";
import { DEFAULTS } from "./score_options";

const OPTIONS = { ...DEFAULTS, rate_hz: 10 };

/** Of two labels, each sample one number; null is no face. */
function samples(levels: readonly (number | null)[]) {
  const values = levels.map((level) => (level === null ? null : [level, 1 - level]));
  return { values, uncertain: values.map(() => false) };
}

const rise = (at: number) => Array.from({ length: 30 }, (_, i) => (i < at ? 0 : 1));

test("the distance is 0 for the same answer and 1 for another with certainty", () => {
  expect([distance([0.2, 0.8], [0.2, 0.8]), distance([1, 0], [0, 1])]).toEqual([0, 1]);
});

test("what comes later is found as an offset", () => {
  expect(alignClips(samples(rise(12)), samples(rise(15)), OPTIONS).offset).toBe(3);
  expect(alignClips(samples(rise(15)), samples(rise(12)), OPTIONS).offset).toBe(-3);
});

test("no offset is seen beyond the most that is allowed", () => {
  const near = { ...OPTIONS, max_offset_s: 0.2 };
  expect(alignClips(samples(rise(12)), samples(rise(20)), near).offset).toBe(2);
});

test("clips that are the same at any time have no offset", () => {
  const still = samples(rise(0));
  expect(Object.is(alignClips(still, still, OPTIONS).offset, 0)).toBe(true);
});

test("the path goes from the first common moment to the last, and uses each sample once", () => {
  const path = pathOf(alignClips(samples(rise(12)), samples(rise(15)), OPTIONS));
  expect([path[0], path.at(-1)?.slice(0, 2)]).toEqual([
    [0, 3, 2],
    [26, 29],
  ]);
  expect(path.reduce((sum, [, , used]) => sum + used, 0)).toBe(2 * 27);
});

test("the path keeps within the band", () => {
  const strictly = { ...OPTIONS, max_offset_s: 0, band_s: 0.2 };
  const { steps } = alignClips(samples(rise(12)), samples(rise(20)), strictly);
  expect(Math.max(...steps.map(([i, j]) => Math.abs(j - i)))).toBe(2);
});

test("a straight line bridges what hides a change, so that it is taken for neither side", () => {
  const hidden = rise(15).map((level, i) => (i > 8 && i < 21 ? null : level));
  expect(alignClips(samples(rise(15)), samples(hidden), OPTIONS).offset).toBe(0);
});

test("a clip without any face is refused", () => {
  expect(() => alignClips(samples(rise(15)), samples([null, null]), OPTIONS)).toThrow("no face");
});
