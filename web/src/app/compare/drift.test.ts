import { expect, test } from "vitest";
import { speedFor } from "./drift";

test("up to 50 ms apart both clips play at their own speed", () => {
  expect([-0.05, 0, 0.05].map(speedFor)).toEqual([1, 1, 1]);
});

test("a clip that is ahead plays slower, one that is behind faster", () => {
  expect(speedFor(0.1)).toBeLessThan(1);
  expect(speedFor(-0.1)).toBeGreaterThan(1);
});

test("no drift is mended by a speed that the eye would see", () => {
  const speeds = [-0.5, -0.2, 0.2, 0.5].map((ahead_s) => speedFor(ahead_s) as number);
  expect(Math.min(...speeds)).toBeGreaterThanOrEqual(0.7);
  expect(Math.max(...speeds)).toBeLessThanOrEqual(1.3);
});

test("clips that are more than half a second apart come together by a jump", () => {
  expect([-0.6, 0.6, 20].map(speedFor)).toEqual([null, null, null]);
});
