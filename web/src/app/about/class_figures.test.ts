import { expect, test } from "vitest";
import type { About } from "../../lib";
import { classFigures, weakest } from "./class_figures";

const HEAD = { name: "emotion", labels: ["angry", "fear"], temperature: 1, uncertain_below: 0.4 };
const CARD: About["card"] = [
  { kind: "heading", level: 2, text: ["What it earned"] },
  {
    kind: "table",
    head: [["label"], ["recall"], ["F1"]],
    rows: [
      [["angry"], ["57.6%"], ["62.5%"]],
      [["fear"], ["37.5%"], ["45.3%"]],
    ],
  },
];
const MEASURED = { label: "angry", pictures: 467, before: 0.576, after: 0.578 };
const RECALL = { head: "emotion", macro_before: 0.5, macro_after: 0.5, labels: [MEASURED] };

function about(recall: About["recall"], card = CARD): About {
  return { card, recall } as unknown as About;
}

test("a label's recall in torch stands beside the one in Chromium, and its F1 comes from the card", () => {
  expect(classFigures(about([RECALL]), HEAD)[0]).toEqual({
    head: "emotion",
    label: "angry",
    pictures: 467,
    f1: 0.625,
    recall_torch: 0.576,
    recall_browser: 0.578,
  });
});

test("of several heads, each has the figures under its own name", () => {
  const labels = ["male", "female"];
  const gender = { ...HEAD, name: "gender", labels };
  const table = (share: string): About["card"][number] => ({
    kind: "table",
    head: [["label"], ["F1"]],
    rows: labels.map((label) => [[label], [share]]),
  });
  const fair = { kind: "heading", level: 3, text: ["emotion by gender"] } as const;
  const own = { kind: "heading", level: 3, text: ["gender"] } as const;
  const card = [...CARD, fair, table("11%"), own, table("22%")];
  expect(classFigures(about([], card), gender).map(({ f1 }) => f1)).toEqual([0.22, 0.22]);
  expect(classFigures(about([], card), HEAD)[0]?.f1).toBe(0.625);
});

test("without labelled pictures at the export the card's own recall is all there is", () => {
  const [, fear] = classFigures(about([]), HEAD);
  expect(fear).toMatchObject({ recall_torch: 0.375, recall_browser: null, pictures: null });
});

test("a model without a card still has its labels", () => {
  const labels = classFigures(about([], []), HEAD).map(({ label }) => label);
  expect(labels).toEqual(["angry", "fear"]);
});

test("weak is a label that is missed more often than seen; one that nobody measured is not", () => {
  expect(weakest(classFigures(about([]), HEAD)).map(({ label }) => label)).toEqual(["fear"]);
  expect(weakest(classFigures(about([], []), HEAD))).toEqual([]);
});
