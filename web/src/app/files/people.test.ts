import { expect, test } from "vitest";
import { faceOf, resultOf } from "../ui/results/made_results";
import { People } from "./people";

function at(id: number, x: number) {
  const face = faceOf(id, 1);
  return { ...face, box: { ...face.box, x } };
}

function numbers(...frames: ReturnType<typeof at>[][]): number[][] {
  const people = new People();
  return frames.map((faces) => people.next(resultOf(...faces)).faces.map(({ id }) => id));
}

test("those who are seen first are numbered from left to right", () => {
  const people = new People();
  const { faces } = people.next(resultOf(at(7, 300), at(8, 0)));
  expect(faces.map(({ id, box }) => [id, box.x])).toEqual([
    [1, 0],
    [2, 300],
  ]);
});

test("who is alone all the time is one person, wherever the face comes back", () => {
  expect(numbers([at(0, 0)], [], [at(1, 500)])).toEqual([[1], [], [1]]);
});

test("of several, who comes back near where one was lost is the same", () => {
  expect(numbers([at(0, 0), at(1, 300)], [at(0, 0)], [at(0, 0), at(2, 310)])).toEqual([
    [1, 2],
    [1],
    [1, 2],
  ]);
});

test("who comes from elsewhere is somebody else", () => {
  expect(numbers([at(0, 0), at(1, 300)], [at(1, 300)], [at(1, 300), at(2, 600)])).toEqual([
    [1, 2],
    [2],
    [2, 3],
  ]);
});
