import { expect, test } from "vitest";
import { FollowedSequence, sequenceWidth } from "./followed_sequence";

const HEAD = {
  head: "emotion",
  states: [
    { name: "answer", shape: [2], reset: "face" },
    { name: "memory", shape: [1], reset: "face" },
  ],
  longest_gap_s: 0.5,
} as const;

/** A head that counts in its memory, and what it was given. */
function made() {
  const rows: number[][] = [];
  const run = async (row: Float32Array) => {
    rows.push([...row]);
    return { values: Float32Array.of(0.25, 0.75, (row[5] as number) + 1), shape: [1, 3] };
  };
  return { rows, face: new FollowedSequence({ run, dispose: () => undefined }, HEAD) };
}

test("a row holds the answer, the gap and the states", () => {
  expect(sequenceWidth(HEAD)).toBe(6);
});

test("states come back with the next answer, and the time between", async () => {
  const { rows, face } = made();
  expect(await face.next([1, 0], 1000)).toEqual([0.25, 0.75]);
  await face.next([0, 1], 1250);
  expect(rows).toEqual([
    [1, 0, 0, 0, 0, 0],
    [0, 1, 0.25, 0.25, 0.75, 1],
  ]);
});

test.each([
  ["after too long a gap", 2000],
  ["when time runs backwards", 900],
])("a face begins anew %s", async (_, time_ms) => {
  const { rows, face } = made();
  await face.next([1, 0], 1000);
  await face.next([0, 1], time_ms);
  expect(rows[1]).toEqual([0, 1, 0, 0, 0, 0]);
});

test("what is forgotten begins anew", async () => {
  const { rows, face } = made();
  await face.next([1, 0], 1000);
  face.forget();
  await face.next([0, 1], 1033);
  expect(rows[1]).toEqual([0, 1, 0, 0, 0, 0]);
});
