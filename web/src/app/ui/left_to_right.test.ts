import { expect, test } from "vitest";
import type { FrameResult } from "../../lib";
import { leftToRight } from "./left_to_right";
import { resultOf } from "./results/made_results";

test("faces are counted from left to right by their centres", () => {
  const faces = [50, 10, 30].map((x) => ({
    id: x,
    box: { x, y: 0, width: 8, height: 8, score: 1 },
    heads: [],
  }));
  const result = resultOf(...faces);
  const sorted: FrameResult = leftToRight(result);
  expect(sorted.faces.map((face) => face.box.x)).toEqual([10, 30, 50]);
  expect(result.faces[0]?.box.x).toBe(50);
});
