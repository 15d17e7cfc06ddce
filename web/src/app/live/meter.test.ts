import { expect, test } from "vitest";
import { Meter } from "./meter";

function fed(latencies_ms: readonly number[], every_ms: number): Meter {
  const meter = new Meter();
  latencies_ms.forEach((latency_ms, i) => {
    meter.add(i * every_ms, latency_ms);
  });
  return meter;
}

test("results are counted by the second", () => {
  expect(fed([1, 1, 1, 1, 1], 100).perSecond).toBeCloseTo(10);
});

test("a slow start is forgotten after two seconds", () => {
  const meter = fed([1, 1], 5000);
  for (let i = 1; i <= 20; i++) meter.add(5000 + i * 100, 1);
  expect(meter.perSecond).toBeCloseTo(10);
});

test("half of the results came within the median", () => {
  expect(fed([5, 1, 9, 3, 7], 10).latency_ms(0.5)).toBe(5);
});

test("one result in twenty came later than the 95th percentile", () => {
  const meter = fed(
    Array.from({ length: 100 }, (_, i) => i),
    10,
  );
  expect(meter.latency_ms(0.95)).toBe(95);
});

test("before the first result all is nought", () => {
  const meter = new Meter();
  expect([meter.perSecond, meter.latency_ms(0.5)]).toEqual([0, 0]);
});
