import { expect, test } from "vitest";
import { mainHead } from "./main_head";

const named = (...names: string[]) => names.map((name) => ({ name }));

test("the emotion comes first, wherever the model has it", () => {
  expect(mainHead(named("mask", "emotion"))).toBe(1);
  expect(mainHead(named("mask", "gender"))).toBe(0);
  expect(mainHead([])).toBe(0);
});
