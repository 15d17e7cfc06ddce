import { beforeAll, expect, test, vi } from "vitest";
import type { Running } from "../../lib";
import { faceOf, resultOf } from "../ui/results/made_results";

const HEADS = [{ name: "emotion", labels: ["happy", "sad"], uncertain_below: 0 }];
const RUNNING = { heads: HEADS, model: { name: "slim" } } as unknown as Running;

/** Only its picture needs a page. */
beforeAll(() => {
  const element = { setAttribute: () => undefined, append: () => undefined };
  vi.stubGlobal("document", { createElement: () => element });
});

async function itemOf(name: string) {
  const { FileItem } = await import("./file_item");
  const item = new FileItem(new File([], name));
  item.begin(RUNNING);
  return item;
}

function at(id: number, x: number) {
  const face = faceOf(id, 1);
  return { ...face, box: { ...face.box, x } };
}

test("times that do not rise are left out", async () => {
  const item = await itemOf("a.webm");
  for (const time_s of [0, 0.1, 0.1, 0.05, 0.2]) item.addFrame(time_s, resultOf());
  expect(item.moments.map(({ time_s }) => time_s)).toEqual([0, 0.1, 0.2]);
});

test("what the net says of a frame is kept beside what was made of it over time", async () => {
  const item = await itemOf("a.webm");
  const { heads: own } = faceOf(0, 0);
  item.addFrame(0, resultOf({ ...faceOf(0, 1), own }));
  const happy = (moments: typeof item.moments) =>
    moments[0]?.result.faces[0]?.heads[0]?.probabilities[0];
  expect([happy(item.moments), happy(item.eased)]).toEqual([0, 1]);
});

test("who is seen for a moment only is not of the cast", async () => {
  const item = await itemOf("a.webm");
  for (let i = 0; i < 100; i++)
    item.addFrame(i, resultOf(at(0, 0), ...(i === 5 ? [at(1, 900)] : [])));
  expect(item.cast).toEqual([1]);
});

test("the face that is seen most is shown in the end, unless another was chosen", async () => {
  const item = await itemOf("a.webm");
  item.addFrame(0, resultOf(at(0, 0), at(1, 900)));
  for (let i = 1; i < 9; i++) item.addFrame(i, resultOf(at(1, 900)));
  const first = item.chosen;
  item.finish();
  const most = item.chosen;
  item.choose(7);
  expect([first, most, item.chosen]).toEqual([1, 2, 7]);
});

test("of a picture the most certain face is shown, and faces stand from left to right", async () => {
  const item = await itemOf("a.jpg");
  item.addPicture(resultOf(at(0, 500), at(1, 0)));
  expect(item.chosen).toBe(0);
  expect(item.moments[0]?.result.faces.map(({ id }) => id)).toEqual([1, 0]);
});
