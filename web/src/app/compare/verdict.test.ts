import { expect, test } from "vitest";
import type { SecondPart } from "../../score";
import { weakestSecond } from "./verdict";

function second(score: number | null, share: number): SecondPart {
  return { score, share, late_s: null, certainty: 1 };
}

test("the weakest second is the one that lost most of the whole, not the lowest", () => {
  expect(weakestSecond({ seconds: [second(10, 0.01), second(50, 0.6), second(100, 0.39)] })).toBe(
    1,
  );
});

test("where every second is good none is the weakest", () => {
  expect(
    weakestSecond({ seconds: [second(80, 0.5), second(null, 0), second(95, 0.5)] }),
  ).toBeNull();
});
