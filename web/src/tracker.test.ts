import { expect, test } from "vitest";
import { type Look, Tracker } from "./tracker";

const LOOK = { size: 160, factor: 2 };
const FACE = { x: 100, y: 80, width: 40, height: 50, score: 0.9 };
const OTHER = { x: 300, y: 80, width: 60, height: 60, score: 0.99 };
const WHOLE: Look = { kind: "whole" };

function following(): Tracker {
  const tracker = new Tracker(LOOK);
  tracker.found(tracker.next(0), [FACE], 0);
  return tracker;
}

test("it starts with the whole frame", () => {
  expect(new Tracker(LOOK).next(0)).toEqual(WHOLE);
});

test("then it looks at twice the face's longer side", () => {
  expect(following().next(33)).toEqual({ kind: "near", rect: { x: 70, y: 55, side: 100 } });
});

test("after a second it looks at the whole frame again", () => {
  const tracker = following();
  expect(tracker.next(999).kind).toBe("near");
  expect(tracker.next(1000)).toEqual(WHOLE);
});

test("a lost face is looked for in the whole frame", () => {
  const tracker = following();
  expect(tracker.found(tracker.next(33), [], 33)).toBeNull();
  expect(tracker.next(66)).toEqual(WHOLE);
});

test("it stays with its face when a more certain one appears", () => {
  const tracker = following();
  const track = tracker.found(WHOLE, [OTHER, { ...FACE, x: 104 }], 1000);
  expect(track?.fresh).toBe(false);
  expect(track?.box.x).toBeLessThan(105);
});

test("another face is a fresh one, and not blended with the last", () => {
  const track = following().found(WHOLE, [OTHER], 1000);
  expect(track).toEqual({ box: OTHER, fresh: true });
});

test("of several faces it begins with the most certain", () => {
  expect(new Tracker(LOOK).found(WHOLE, [OTHER, FACE], 0)?.box).toEqual(OTHER);
});

test("a reset forgets the face", () => {
  const tracker = following();
  tracker.reset();
  expect(tracker.next(33)).toEqual(WHOLE);
});
