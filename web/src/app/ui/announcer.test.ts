import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Announcer } from "./announcer";

const said: string[] = [];
let announcer: Announcer;

beforeEach(() => {
  vi.useFakeTimers();
  said.length = 0;
  announcer = new Announcer((text) => said.push(text));
});

afterEach(() => {
  vi.useRealTimers();
});

test("what has settled is said, as it is by then", () => {
  announcer.remark("Happy, 60 percent", "Happy");
  vi.advanceTimersByTime(1000);
  announcer.remark("Happy, 70 percent", "Happy");
  vi.advanceTimersByTime(1000);
  expect(said).toEqual(["Happy, 70 percent"]);
});

test("a change of percent is not said again", () => {
  announcer.remark("Happy, 60 percent", "Happy");
  vi.advanceTimersByTime(5000);
  announcer.remark("Happy, 70 percent", "Happy");
  vi.advanceTimersByTime(5000);
  expect(said).toEqual(["Happy, 60 percent"]);
});

test("what flickers is not said at all", () => {
  for (let i = 0; i < 20; i++) {
    announcer.remark("Sad", "Sad");
    vi.advanceTimersByTime(300);
    announcer.remark("Happy", "Happy");
    vi.advanceTimersByTime(300);
  }
  expect(said).toEqual([]);
});

test("what was there before a moment's change is not said again", () => {
  announcer.remark("Happy", "Happy");
  vi.advanceTimersByTime(2000);
  announcer.remark("Sad", "Sad");
  vi.advanceTimersByTime(300);
  announcer.remark("Happy", "Happy");
  vi.advanceTimersByTime(2000);
  expect(said).toEqual(["Happy"]);
});

test("what happened is said at once, and lost to no remark", () => {
  announcer.remark("Happy", "Happy");
  vi.advanceTimersByTime(1400);
  announcer.tell("90 results recorded");
  announcer.remark("Happy", "Happy");
  vi.advanceTimersByTime(1400);
  expect(said).toEqual(["90 results recorded"]);
  vi.advanceTimersByTime(200);
  expect(said).toEqual(["90 results recorded", "Happy"]);
});

test("of what is seen no more nothing is said", () => {
  announcer.remark("Happy", "Happy");
  announcer.hush();
  vi.advanceTimersByTime(2000);
  expect(said).toEqual([]);
});
