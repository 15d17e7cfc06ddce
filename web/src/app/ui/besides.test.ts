import { expect, test } from "vitest";
import type { HeadAnswer } from "../../lib";
import { besides } from "./besides";

const EN = { code: "en" } as const;

function said(name: string, label: string, more: Partial<HeadAnswer> = {}): HeadAnswer {
  return { name, labels: [label], probabilities: [1], best: 0, uncertain: false, ...more };
}

const GENDER = said("gender", "female");
const MASK = said("mask", "none", { uncertain: true });

test("the other heads are told in their order, the main one not", () => {
  const heads = [GENDER, said("emotion", "happy"), MASK];
  expect(besides(heads, EN)).toEqual(["Female", "No mask?"]);
  expect(besides(heads, EN, (label) => `maybe ${label}`)).toEqual(["Female", "maybe No mask"]);
});

test("of a face that is unfamiliar to the main head nothing is told", () => {
  expect(besides([said("emotion", "happy", { unfamiliar: true }), GENDER], EN)).toEqual([]);
});

test("a model of one head has nothing besides", () => {
  expect(besides([GENDER], EN)).toEqual([]);
});
