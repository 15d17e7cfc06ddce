import { expect, test } from "vitest";
import type { Face } from "../../lib";
import { History } from "./history";

function face(id: number, probability: number): Face {
  const probabilities = [probability, 1 - probability];
  const rest = { labels: ["a", "b"], best: 0, uncertain: false };
  const heads = [
    { ...rest, name: "h", probabilities },
    { ...rest, name: "other", probabilities: [...probabilities].reverse() },
  ];
  return { id, box: { x: 0, y: 0, width: 1, height: 1, score: 1 }, heads };
}

test("each frame is kept with its time", () => {
  const history = new History();
  history.add(1, [face(1, 0.5)]);
  history.add(1.25, [face(1, 0.75)]);
  expect(history.curves(1, 0, 2)).toEqual({
    times_s: [1, 1.25],
    values: [
      [0.5, 0.75],
      [0.5, 0.25],
    ],
  });
});

test("what is older than half a minute is forgotten", () => {
  const history = new History();
  for (let second = 0; second <= 40; second++) history.add(second, [face(1, 0.5)]);
  expect(history.curves(1, 0, 2).times_s[0]).toBe(10);
});

test("a face that was out of sight has a gap", () => {
  const history = new History();
  history.add(0, [face(1, 0.5)]);
  history.add(2, [face(1, 0.5)]);
  expect(history.curves(1, 0, 2).values[0]).toEqual([0.5, null, 0.5]);
});

test("each face has its own curves", () => {
  const history = new History();
  history.add(0, [face(1, 0.25), face(2, 0.75)]);
  expect(history.curves(2, 0, 2).values[0]).toEqual([0.75]);
});

test("each head has its own curves", () => {
  const history = new History();
  history.add(0, [face(1, 0.25)]);
  expect(history.curves(1, 1, 2).values).toEqual([[0.75], [0.25]]);
});
