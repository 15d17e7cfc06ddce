import { expect, test } from "vitest";
import { clipOf, faceOf, pictureOf, toldOf } from "./made_results";
import { toCsv } from "./to_csv";

const lines = (csv: string) => csv.slice(1, -2).split("\r\n");

test("the columns are those of a trace, then the face and the source", () => {
  expect(lines(toCsv([clipOf([faceOf(1, 0.75)])]))).toEqual([
    "index,time_s,x,y,width,height,score,emotion.happy,emotion.sad,emotion.uncertain,model,smooth,face,source",
    "0,0,10.12,-2,30,40,0.9,0.75,0.25,0,slim,0,1,take.webm",
  ]);
});

test("each face of a frame has a row, and a frame without one an empty row", () => {
  const [, ...found] = lines(toCsv([clipOf([faceOf(1, 1), faceOf(2, 0, true)], [])]));
  expect(found).toEqual([
    "0,0,10.12,-2,30,40,0.9,1,0,0,slim,0,1,take.webm",
    "0,0,10.12,-2,30,40,0.9,0,1,1,slim,0,2,take.webm",
    "1,0.1,,,,,,,,,slim,0,,take.webm",
  ]);
});

test("pictures are numbered and have no time", () => {
  const [, ...found] = lines(toCsv([pictureOf("a.jpg", faceOf(0, 1)), pictureOf("b.jpg")]));
  expect(found).toEqual(["0,,10.12,-2,30,40,0.9,1,0,0,slim,0,0,a.jpg", "1,,,,,,,,,,slim,0,,b.jpg"]);
});

test("a name with a comma or a quote is quoted", () => {
  const csv = toCsv([pictureOf('my "best", 웃음.jpg')]);
  expect(csv).toContain(',"my ""best"", 웃음.jpg"\r\n');
});

test("each head has its own columns", () => {
  const face = faceOf(1, 1);
  const mask = { name: "mask", labels: ["worn", "none"], probabilities: [0.2, 0.8] };
  const heads = [...face.heads, { ...mask, best: 1, uncertain: false }];
  const [header, ...found] = lines(toCsv([clipOf([{ ...face, heads }], [])]));
  expect(header).toContain(",emotion.uncertain,mask.worn,mask.none,mask.uncertain,model,");
  expect(found).toEqual([
    "0,0,10.12,-2,30,40,0.9,1,0,0,0.2,0.8,0,slim,0,1,take.webm",
    "1,0.1,,,,,,,,,,,,slim,0,,take.webm",
  ]);
});

test("a model that tells unfamiliar faces has a column for that", () => {
  const [header, ...found] = lines(toCsv([clipOf([toldOf(1, true)], [])]));
  expect(header).toContain(",emotion.uncertain,emotion.unfamiliar,model,");
  expect(found).toEqual([
    "0,0,10.12,-2,30,40,0.9,1,0,1,1,slim,0,1,take.webm",
    "1,0.1,,,,,,,,,,slim,0,,take.webm",
  ]);
});

test("where one head tells unfamiliar faces, each has that column, as Python writes it", () => {
  const told = toldOf(1, true);
  const heads = [...told.heads, ...faceOf(1, 1).heads.map((head) => ({ ...head, name: "mask" }))];
  const [header, row] = lines(toCsv([clipOf([{ ...told, heads }])]));
  expect(header).toContain("mask.uncertain,mask.unfamiliar,model");
  expect(row).toContain(",1,0,1,1,1,0,0,0,slim,");
});
