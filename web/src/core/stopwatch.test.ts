import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Stopwatch } from "./stopwatch";

beforeEach(() => void vi.useFakeTimers({ toFake: ["performance"] }));
afterEach(() => void vi.useRealTimers());

test("each stage has its laps, and the total is their sum", () => {
  const watch = new Stopwatch();
  for (const [stage, ms] of [
    ["detect_ms", 4],
    ["crop_ms", 1],
    ["classify_ms", 2],
    ["crop_ms", 8],
  ] as const) {
    vi.advanceTimersByTime(ms);
    watch.lap(stage);
  }
  expect(watch.stages).toEqual({
    detect_ms: 4,
    crop_ms: 9,
    classify_ms: 2,
    post_ms: 0,
    total_ms: 15,
  });
});
