import { expect, test, vi } from "vitest";
import { FollowedFace } from "./followed_face";
import type { FollowedSequence } from "./followed_sequence";

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

test("each head is smoothed by itself", async () => {
  const face = new FollowedFace();
  await face.smooth(SAID, 0, 100);
  const [first = [], second] = await face.smooth([[1, 0], [1]], 100, 100);
  expect(first[0]).toBeCloseTo(1 - 0.75 * Math.exp(-1), 12);
  expect(second).toEqual([1]);
});

test("a sequence head goes before the smoothing of its own head, until that is turned off", async () => {
  const next = vi.fn(async () => [0.5, 0.5]);
  const sequence = { next, forget: vi.fn() } as unknown as FollowedSequence;
  const face = new FollowedFace({ place: 0, sequence });
  await face.smooth(SAID, 0, 100);
  expect(await face.smooth([[1, 0], [0]], 100, 100)).toEqual([[0.5, 0.5], [Math.exp(-1)]]);
  expect(await face.smooth([[1, 0], [0]], 200, 0)).toEqual([[1, 0], [0]]);
  expect(sequence.forget).toHaveBeenCalledOnce();
});
