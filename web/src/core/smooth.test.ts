import { expect, test } from "vitest";
import { Smoother } from "./smooth";

function after(steps: number, total_ms: number): number {
  const smoother = new Smoother(200);
  smoother.next([0], 0);
  let value = 0;
  for (let i = 1; i <= steps; i++) [value = 0] = smoother.next([1], (i * total_ms) / steps);
  return value;
}

test("the first value is taken as it is", () => {
  expect(new Smoother(200).next([0.3, 0.7], 5)).toEqual([0.3, 0.7]);
});

test("after its constant a change has come through by 63%", () => {
  expect(after(1, 200)).toBeCloseTo(1 - Math.exp(-1), 12);
});

test("the frame rate makes no difference", () => {
  expect(after(60, 500)).toBeCloseTo(after(5, 500), 12);
});

test("after a reset nothing of the past is left", () => {
  const smoother = new Smoother(200);
  smoother.next([0], 0);
  smoother.reset();
  expect(smoother.next([1], 1)).toEqual([1]);
});

test("with a constant of 0 nothing is smoothed", () => {
  const smoother = new Smoother(0);
  smoother.next([0], 5);
  expect(smoother.next([1], 5)).toEqual([1]);
});
