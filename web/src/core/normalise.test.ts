import { expect, test } from "vitest";
import { Normaliser } from "./normalise";

test("each channel has its own mean and spread", () => {
  const normaliser = new Normaliser({ mean: [0, 0.5, 1], std: [1, 0.5, 2] });
  expect([...normaliser.normalise(Uint8Array.from([255, 255, 255, 0, 0, 0]))]).toEqual([
    1, 1, 0, 0, -1, -0.5,
  ]);
});

test("values are rounded to float32 once, after the double formula", () => {
  const normaliser = new Normaliser({ mean: [0.485], std: [0.229] });
  expect(normaliser.normalise(Uint8Array.of(77))[0]).toBe(Math.fround((77 / 255 - 0.485) / 0.229));
});
