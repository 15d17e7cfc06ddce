import { expect, test } from "vitest";
import { decode, suppress } from "./decode";

const CELLS = 3;
const VIEW = { x: 10, y: 20, spanX: 96, spanY: 48 };

test("a cell's centre is mapped through the view", () => {
  const [box] = decode(raw([[4, 0, 3]]), CELLS, VIEW);
  expect(box?.x).toBeCloseTo(10 + (0.5 - 1.603231 / CELLS / 2) * 96, 4);
  expect(box?.width).toBeCloseTo((1.603231 / CELLS) * 96, 4);
  expect(box?.y).toBeCloseTo(20 + (0.5 - 2.094468 / CELLS / 2) * 48, 4);
  expect(box?.height).toBeCloseTo((2.094468 / CELLS) * 48, 4);
});

test("a score of exactly one half is no face", () => {
  expect(decode(raw([[0, 1, 0]]), CELLS, VIEW)).toEqual([]);
});

test("the most certain face comes first", () => {
  const faces = decode(
    raw([
      [0, 0, 1],
      [8, 0, 4],
    ]),
    CELLS,
    VIEW,
  );
  expect(faces.map((face) => face.score)).toEqual([sigmoid(4), sigmoid(1)]);
});

test("of boxes on one another only the best is kept", () => {
  const box = { x: 0, y: 0, width: 10, height: 10, score: 0.6 };
  const better = { ...box, x: 1, score: 0.9 };
  const apart = { ...box, x: 6, score: 0.7 };
  expect(suppress([box, better, apart])).toEqual([better, apart]);
});

/** A raw output where only these (cell, anchor) have an objectness worth a look. */
function raw(faces: [cell: number, anchor: number, objectness: number][]): Float32Array {
  const values = new Float32Array(CELLS * CELLS * 25);
  for (let i = 4; i < values.length; i += 5) values[i] = -9;
  for (const [cell, anchor, objectness] of faces) values[(cell * 5 + anchor) * 5 + 4] = objectness;
  return values;
}

function sigmoid(value: number): number {
  return 1 / (1 + Math.exp(-value));
}
