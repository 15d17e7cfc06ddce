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

test("a change of percent is not said again", () => {
  announcer.announce("Happy, 60 percent", "Happy");
  vi.advanceTimersByTime(5000);
  announcer.announce("Happy, 70 percent", "Happy");
  vi.advanceTimersByTime(5000);
  expect(said).toEqual(["Happy, 60 percent"]);
});

test("of changes in a rush the last is said, a little later", () => {
  announcer.announce("Waiting", "Waiting");
  vi.advanceTimersByTime(100);
  announcer.announce("Sad", "Sad");
  announcer.announce("Happy", "Happy");
  expect(said).toEqual(["Waiting"]);
  vi.advanceTimersByTime(1500);
  expect(said).toEqual(["Waiting", "Happy"]);
});
