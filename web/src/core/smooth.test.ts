import { expect, test } from "vitest";
import { Smoother } from "./smooth";

function after(steps: number, total_ms: number): number {
  const smoother = new Smoother();
  smoother.next([0], 0, 200);
  let value = 0;
  for (let i = 1; i <= steps; i++) [value = 0] = smoother.next([1], (i * total_ms) / steps, 200);
  return value;
}

test("the first value is taken as it is", () => {
  expect(new Smoother().next([0.3, 0.7], 5, 200)).toEqual([0.3, 0.7]);
});

test("after its constant a change has come through by 63%", () => {
  expect(after(1, 200)).toBeCloseTo(1 - Math.exp(-1), 12);
});

test("the frame rate makes no difference", () => {
  expect(after(60, 500)).toBeCloseTo(after(5, 500), 12);
});

test("with a constant of 0 nothing is smoothed", () => {
  const smoother = new Smoother();
  smoother.next([0], 5, 0);
  expect(smoother.next([1], 5, 0)).toEqual([1]);
});

test("the constant may change from one value to the next", () => {
  const smoother = new Smoother();
  smoother.next([0], 0, 0);
  expect(smoother.next([1], 200, 200)[0]).toBeCloseTo(1 - Math.exp(-1), 12);
  expect(smoother.next([1], 201, 0)).toEqual([1]);
});
