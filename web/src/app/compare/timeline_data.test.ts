import { expect, test } from "vitest";
import type { Curves, Values } from "../../score";
import { TimeMap } from "./time_map";
import { timelineData } from "./timeline_data";

function curves(times_s: readonly number[], rows: readonly (Values | null)[]): Curves {
  return { labels: ["happy"], times_s, probabilities: rows, uncertain: rows.map(() => false) };
}

/** The take began half a second late. */
const MAP = new TimeMap(
  { path: [[0, 5, 2]], offset_s: 0.5 },
  { reference_s: 1, take_s: 0 },
  10,
  "offset",
);

test("the take's curve lies where the reference meets it", () => {
  const reference = curves([1, 1.5, 2], [[0.1], [0.2], [0.3]]);
  const take = curves([0, 0.5, 1, 1.5], [[0.9], [0.1], [0.2], [0.3]]);
  const data = timelineData(reference, take, MAP);
  expect(data.times_s).toEqual([0, 0.5, 1]);
  expect(data.take).toEqual(data.reference);
});

test("where either shows no face, or is over, its curve has a gap", () => {
  const reference = curves([1, 1.5, 2], [[0.1], null, [0.3]]);
  const take = curves([0.5, 1], [null, [0.2]]);
  const data = timelineData(reference, take, MAP);
  expect(data.reference).toEqual([[0.1, null, 0.3]]);
  expect(data.take).toEqual([[null, 0.2, null]]);
});

test("a wavering of single frames is eased as the score eases it", () => {
  const times_s = Array.from({ length: 20 }, (_, i) => 1 + i / 20);
  const reference = curves(
    times_s,
    times_s.map((_, i) => [i % 2]),
  );
  const [values] = timelineData(reference, reference, MAP).reference;
  expect(Math.max(...(values as number[]).slice(3, -3))).toBeLessThan(0.7);
});
