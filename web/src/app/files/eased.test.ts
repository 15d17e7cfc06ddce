import { expect, test } from "vitest";
import { faceOf, resultOf, toldOf } from "../ui/results/made_results";
import { Eased } from "./eased";

const HEADS = [{ name: "emotion", labels: ["happy", "sad"], uncertain_below: 0.6 }];
const happy = (result: ReturnType<Eased["next"]>) => result.faces[0]?.heads[0]?.probabilities[0];

test("a sudden change comes through by and by", () => {
  const eased = new Eased(HEADS);
  eased.next(resultOf(faceOf(1, 0)), 0);
  expect(happy(eased.next(resultOf(faceOf(1, 1)), 0.25))).toBeCloseTo(1 - Math.exp(-1));
});

test("what is uncertain is told from the eased values", () => {
  const eased = new Eased(HEADS);
  eased.next(resultOf(faceOf(1, 0)), 0);
  const { faces } = eased.next(resultOf(faceOf(1, 1)), 0.18);
  expect(faces[0]?.heads[0]).toMatchObject({ best: 0, uncertain: true });
});

test("what is unfamiliar is told from the eased values, too", () => {
  const eased = new Eased(HEADS.map((head) => ({ ...head, familiar_above: 0.5 })));
  eased.next(resultOf(toldOf(1, true)), 0);
  const { faces } = eased.next(resultOf(toldOf(1, false)), 0.25);
  expect(faces[0]?.heads[0]?.familiarity).toBeCloseTo(1 - 2 * Math.exp(-1));
  expect(faces[0]?.heads[0]).toMatchObject({ unfamiliar: true, uncertain: true });
});

test("a face that was away begins anew", () => {
  const eased = new Eased(HEADS);
  eased.next(resultOf(faceOf(1, 0)), 0);
  eased.next(resultOf(), 0.1);
  expect(happy(eased.next(resultOf(faceOf(1, 1)), 0.2))).toBe(1);
});
