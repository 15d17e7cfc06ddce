import { expect, test } from "vitest";
import { FollowedFace } from "./followed_face";

const SAID = [[0.25, 0.75], [1]];

test("it knows what was said to the last bytes, and to no others", () => {
  const face = new FollowedFace();
  const bytes = Uint8Array.of(1, 2, 3);
  expect(face.recall(new Uint8Array(0))).toBeNull();
  face.remember(bytes, SAID);
  expect(face.recall(Uint8Array.of(1, 2, 3))).toBe(SAID);
  expect(face.recall(Uint8Array.of(1, 2, 4))).toBeNull();
  expect(face.recall(Uint8Array.of(1, 2))).toBeNull();
});

test("it keeps its own copy of the bytes, for the next frame overwrites them", () => {
  const face = new FollowedFace();
  const bytes = Uint8Array.of(1, 2, 3);
  face.remember(bytes, SAID);
  bytes[0] = 9;
  expect(face.recall(bytes)).toBeNull();
});

test("each head is smoothed by itself", () => {
  const face = new FollowedFace();
  face.smooth(SAID, 0, 100);
  const [first = [], second] = face.smooth([[1, 0], [1]], 100, 100);
  expect(first[0]).toBeCloseTo(1 - 0.75 * Math.exp(-1), 12);
  expect(second).toEqual([1]);
});
