import { expect, test } from "vitest";
import { clipOf, faceOf, pictureOf } from "./made_results";
import { headsOf, mainFace } from "./source";

test("the heads are known from the first face, in whatever source it is", () => {
  const heads = headsOf([pictureOf("a.jpg"), pictureOf("b.jpg", faceOf(0, 1))]);
  expect(heads.map(({ name }) => name)).toEqual(["emotion"]);
});

test("nobody is the main face of a clip without faces", () => {
  expect(mainFace(clipOf([], []).moments)).toBe(-1);
});

test("of two that are seen as often, the one that came first is the main face", () => {
  expect(mainFace(clipOf([faceOf(5, 1)], [faceOf(3, 1)]).moments)).toBe(5);
});
