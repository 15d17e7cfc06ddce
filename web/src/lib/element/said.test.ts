import { expect, test } from "vitest";
import { said } from "./said";

const HAPPY = {
  ...{ name: "emotion", labels: ["sad", "happy"], probabilities: [0.094, 0.906] },
  ...{ best: 1, uncertain: false },
};

test("a label names the likeliest emotion and how likely it is", () => {
  expect(said({ heads: [HAPPY] })).toBe("happy 91%");
});

test("an uncertain answer has a question mark, and no figure to believe in", () => {
  expect(said({ heads: [{ ...HAPPY, uncertain: true }] })).toBe("happy?");
});

test("of an unfamiliar face nothing is claimed", () => {
  expect(said({ heads: [{ ...HAPPY, uncertain: true, unfamiliar: true }] })).toBe("?");
});

test("of a face that is unfamiliar to the main head no other head says anything", () => {
  const gender = { ...HAPPY, name: "gender", labels: ["female", "male"] };
  const strange = { uncertain: true, unfamiliar: true };
  expect(said({ heads: [gender, { ...HAPPY, ...strange }] })).toBe("?");
  expect(said({ heads: [HAPPY, { ...gender, ...strange }] })).toBe("happy 91% · male?");
});

test("every head has its say", () => {
  const mask = { ...HAPPY, name: "mask", labels: ["no mask", "mask"] };
  expect(said({ heads: [HAPPY, mask] })).toBe("happy 91% · mask 91%");
});
