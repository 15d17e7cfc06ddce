import { expect, test } from "vitest";
import { answer, calibrate } from "./calibrate";
import type { Contract, Head } from "./contract";

const HEAD: Head = { name: "emotion", labels: ["a", "b"], temperature: 1, uncertain_below: 0.6 };
const contract = (heads: Head[], output: Contract["output"] = "logits") =>
  ({ heads, output }) as unknown as Contract;

test("logits become probabilities", () => {
  const [[a, b] = []] = calibrate([Math.log(3), 0], contract([HEAD]));
  expect(a).toBeCloseTo(0.75, 12);
  expect(b).toBeCloseTo(0.25, 12);
});

test("a temperature above one makes the answer milder", () => {
  const [[a] = []] = calibrate([2 * Math.log(3), 0], contract([{ ...HEAD, temperature: 2 }]));
  expect(a).toBeCloseTo(0.75, 12);
});

test("large logits do not overflow", () => {
  expect(calibrate([1000, 0], contract([HEAD]))).toEqual([[1, 0]]);
});

test("probabilities come out as they went in", () => {
  const [[a, b] = []] = calibrate([0.9, 0.1], contract([HEAD], "probabilities"));
  expect(a).toBeCloseTo(0.9, 12);
  expect(b).toBeCloseTo(0.1, 12);
});

test("each head has its own columns", () => {
  const three = { ...HEAD, labels: ["x", "y", "z"] };
  const [, second] = calibrate([0, 0, 0, 50, 0], contract([HEAD, three]));
  expect(second?.map(Math.round)).toEqual([0, 1, 0]);
});

test("below the threshold the answer is uncertain", () => {
  expect(answer([0.41, 0.59], HEAD)).toEqual({ best: 1, uncertain: true });
  expect(answer([0.4, 0.6], HEAD)).toEqual({ best: 1, uncertain: false });
});

test("a face that is not familiar enough is unfamiliar, however sure the answer is", () => {
  const telling = { ...HEAD, familiar_above: 1 };
  expect(answer([0, 1], telling, 1)).toEqual({
    ...{ best: 1, uncertain: true },
    ...{ familiarity: 1, unfamiliar: true },
  });
  expect(answer([0, 1], telling, 1.5)).toMatchObject({ uncertain: false, unfamiliar: false });
});
