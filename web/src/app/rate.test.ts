import { expect, test } from "vitest";
import { Rate } from "./rate";

test("results per second are counted over the last two seconds", () => {
  const rate = new Rate();
  for (let at = 0; at <= 10_000; at += at < 6000 ? 500 : 100) rate.add(at, 8);
  expect(rate.perSecond).toBeCloseTo(10, 9);
  expect(rate.mean_ms).toBe(8);
});

test("one result makes no rate", () => {
  const rate = new Rate();
  rate.add(5, 8);
  expect(rate.perSecond).toBe(0);
});
