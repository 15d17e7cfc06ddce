import { expect, test } from "vitest";
import { clipOf, faceOf, pictureOf, toldOf } from "./made_results";
import { toJson } from "./to_json";

test("a clip has the fields of a trace", () => {
  expect(JSON.parse(toJson([clipOf([faceOf(1, 0.75)], [])]))).toEqual({
    version: 1,
    model: "slim",
    smooth: false,
    heads: [{ name: "emotion", labels: ["happy", "sad"] }],
    source: { name: "take.webm", width: 640, height: 480 },
    moments: [
      {
        index: 0,
        time_s: 0,
        face: 1,
        box: { x: 10.12, y: -2, width: 30, height: 40, score: 0.9 },
        probabilities: [[0.75, 0.25]],
        uncertain: [false],
      },
      { index: 1, time_s: 0.1, face: null, box: null, probabilities: null, uncertain: null },
    ],
  });
});

test("the moments are those of the face that is seen most, the others stand beside it", () => {
  const { moments } = JSON.parse(toJson([clipOf([faceOf(1, 1), faceOf(2, 0)], [faceOf(2, 0)])]));
  expect(moments[0].face).toBe(2);
  expect(moments[0].others.map(({ face }: { face: number }) => face)).toEqual([1]);
  expect(moments[1]).not.toHaveProperty("others");
});

test("a face that was chosen comes before the one that is seen most", () => {
  const clip = { ...clipOf([faceOf(1, 1), faceOf(2, 0)], [faceOf(2, 0)]), face: 1 };
  const { moments } = JSON.parse(toJson([clip]));
  expect(moments.map(({ face }: { face: number | null }) => face)).toEqual([1, null]);
});

test("pictures are a list, each with all its faces", () => {
  const { pictures } = JSON.parse(toJson([pictureOf("a.jpg", faceOf(0, 1)), pictureOf("b.jpg")]));
  expect(pictures.map((each: { faces: unknown[] }) => each.faces.length)).toEqual([1, 0]);
  expect(pictures[1].source).toEqual({ name: "b.jpg", width: 640, height: 480 });
});

test("a model that tells unfamiliar faces says so of each, and null where there is none", () => {
  const { moments } = JSON.parse(toJson([clipOf([toldOf(1, true)], [])]));
  expect(moments.map(({ unfamiliar }: { unfamiliar: unknown }) => unfamiliar)).toEqual([
    [true],
    null,
  ]);
});
