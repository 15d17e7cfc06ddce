import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import type { Contract } from "./contract";
import { familiarity } from "./familiarity";

const golden: { logits: number[]; energy: number }[] = JSON.parse(
  readFileSync(new URL("../../../tests/golden/familiarity.json", import.meta.url), "utf-8"),
);

function contractOf(...heads: [labels: number, familiar_above?: number][]): Contract {
  const made = heads.map(([labels, above]) => ({
    labels: Array(labels).fill("a"),
    ...(above !== undefined && { familiar_above: above }),
  }));
  return { heads: made } as unknown as Contract;
}

test("the energy is Python's", () => {
  for (const { logits, energy } of golden) {
    const [found] = familiarity(logits, contractOf([logits.length, 0]));
    expect(found).toBeCloseTo(energy, 12);
  }
});

test("each head has the energy of its own columns", () => {
  const [one, two] = familiarity([0, 0, 5, 5], contractOf([2], [2, 1]));
  expect(one).toBeCloseTo(Math.log(2), 12);
  expect(two).toBeCloseTo(5 + Math.log(2), 12);
});

test("nothing is computed that no head asks for", () => {
  expect(familiarity([1, 2, 3], contractOf([3]))).toEqual([]);
});
