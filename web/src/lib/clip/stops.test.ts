import { expect, test } from "vitest";
import { stopsAt, stopsThrough } from "./stops";

test("each stop lies late within its own frame", () => {
  const times_s = [0, 0.1, 0.5];
  const ends_s = [0.1, 0.5, 0.6];
  for (const [number, { at_s }] of stopsAt(times_s, 0.6).entries()) {
    const [begin, end] = [times_s[number] as number, ends_s[number] as number];
    expect(at_s).toBeGreaterThan((begin + end) / 2);
    expect(at_s).toBeLessThan(end);
  }
});

test("a file that tells too short a duration has a stop for its last frame still", () => {
  expect(stopsAt([0, 1], 0.5).at(-1)).toEqual({ at_s: 1, time_s: 1 });
});

test("without times there are thirty stops a second, to the end", () => {
  const stops = [...stopsThrough(2)];
  expect(stops).toHaveLength(60);
  expect(stops.at(-1)?.at_s).toBeLessThan(2);
});
