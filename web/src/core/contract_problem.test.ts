import { expect, test } from "vitest";
import type { Contract } from "./contract";
import { contractProblem } from "./contract_problem";

const INPUT = { channels: "rgb", mean: [0, 0, 0], std: [1, 1, 1], states: [] };
const HEADS = [{ labels: ["a", "b"] }, { labels: ["x"] }];
const FITTING = { version: 1, input: INPUT, crop: { detector: "tiny" }, heads: HEADS };
const STATE = { name: "memory", shape: [8], reset: "face" };

function problem(change: object): string | null {
  return contractProblem({ ...FITTING, ...change } as unknown as Contract, 3);
}

test("a contract that fits has no problem", () => {
  expect(problem({})).toBeNull();
});

test.each([
  [{ version: 2 }, "version 2"],
  [{ crop: { detector: "haar" } }, "crop.detector haar"],
  [{ input: { ...INPUT, states: [STATE] } }, "input.states"],
  [{ input: { ...INPUT, mean: [0] } }, "input.mean: 1, expected 3"],
  [{ input: { ...INPUT, std: [1] } }, "input.std: 1, expected 3"],
  [{ input: { ...INPUT, channels: "grey" } }, "input.mean: 3, expected 1"],
  [{ heads: HEADS.slice(1) }, "heads: 1 labels for 3 outputs"],
])("%j does not run here", (change, told) => {
  expect(problem(change)).toBe(told);
});
