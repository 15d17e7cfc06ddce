import { expect, test } from "vitest";
import type { Pair } from "../../score";
import { TimeMap } from "./time_map";

const STARTS = { reference_s: 1, take_s: 3 };

test("by the offset alone a take that began late is as far on, and the offset further", () => {
  const map = new TimeMap({ path: [[0, 2, 2]], offset_s: 0.2 }, STARTS, 10, "offset");
  expect(map.takeTime(1.5)).toBeCloseTo(3.7);
});

test("the path tells of each moment where its like is", () => {
  const path: Pair[] = [
    [0, 0, 2],
    [1, 1, 2],
    [2, 3, 2],
    [3, 5, 2],
  ];
  const map = new TimeMap({ path, offset_s: 0 }, STARTS, 10, "path");
  expect([1, 1.1, 1.2, 1.3].map((time_s) => map.takeTime(time_s))).toEqual(
    [3, 3.1, 3.3, 3.5].map((time_s) => expect.closeTo(time_s)),
  );
});

test("a moment that the take holds for long meets the middle of that", () => {
  const path: Pair[] = [
    [0, 0, 2],
    [0, 1, 1],
    [0, 2, 1],
    [1, 3, 2],
  ];
  const map = new TimeMap({ path, offset_s: 0 }, STARTS, 10, "path");
  expect(map.takeTime(1)).toBeCloseTo(3.1);
});

test("before and after what was compared the lag stays as it was at the end", () => {
  const path: Pair[] = [
    [5, 6, 2],
    [6, 8, 2],
  ];
  const map = new TimeMap({ path, offset_s: 0.1 }, STARTS, 10, "path");
  expect(map.takeTime(1)).toBeCloseTo(3.1);
  expect(map.takeTime(2)).toBeCloseTo(4.2);
});

test("the take never runs backwards, however the path winds", () => {
  const path: Pair[] = [
    [0, 0, 2],
    [1, 0, 1],
    [2, 0, 1],
    [2, 1, 1],
    [2, 2, 1],
    [3, 4, 2],
  ];
  const map = new TimeMap({ path, offset_s: 0 }, STARTS, 10, "path");
  const times = Array.from({ length: 31 }, (_, i) => map.takeTime(1 + i / 100));
  expect(times.every((time_s, i) => i === 0 || time_s >= (times[i - 1] as number) - 1e-9)).toBe(
    true,
  );
});
