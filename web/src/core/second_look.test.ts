import { expect, test } from "vitest";
import { lookAgain, lookRect } from "./second_look";

const LOOK = { size: 160, factor: 2 };
const FACE = { x: 100, y: 80, width: 40, height: 50, score: 0.9 };
const TIGHTER = { x: 104, y: 84, width: 34, height: 44, score: 0.95 };
const ELSEWHERE = { x: 400, y: 80, width: 40, height: 50, score: 0.9 };

test("the square is centred on the box", () => {
  expect(lookRect(FACE, LOOK)).toEqual({ x: 70, y: 55, side: 100 });
});

test("the box of the second look is taken", async () => {
  expect(await lookAgain([FACE], LOOK, async () => [ELSEWHERE, TIGHTER])).toEqual([TIGHTER]);
});

test("a face that the second look does not see keeps its box", async () => {
  expect(await lookAgain([FACE], LOOK, async () => [])).toEqual([FACE]);
});

test("a box in whose square there are only other faces was mistaken", async () => {
  expect(await lookAgain([FACE], LOOK, async () => [ELSEWHERE])).toEqual([]);
});

test("two boxes that turn out to be one face give one", async () => {
  const beside = { ...FACE, x: 110 };
  expect(await lookAgain([FACE, beside], LOOK, async () => [TIGHTER])).toEqual([TIGHTER]);
});
