import { expect, test } from "vitest";
import { firstFree, placesAt } from "./place_label";

const STAGE = { width: 100, height: 100 };
const LABEL = { width: 40, height: 10 };

test("a label stands above its box where there is room", () => {
  const [first] = placesAt({ x: 30, y: 40, width: 20, height: 20 }, LABEL, STAGE);
  expect(first).toEqual({ x: 30, y: 25, width: 40, height: 10 });
});

test("a label never leaves the stage", () => {
  for (const area of placesAt({ x: 90, y: -20, width: 30, height: 140 }, LABEL, STAGE)) {
    expect(area.x).toBeGreaterThanOrEqual(0);
    expect(area.x + area.width).toBeLessThanOrEqual(100);
    expect(area.y).toBeGreaterThanOrEqual(0);
    expect(area.y + area.height).toBeLessThanOrEqual(100);
  }
});

test("what is taken is passed over", () => {
  const candidates = placesAt({ x: 30, y: 40, width: 20, height: 20 }, LABEL, STAGE).map(
    (area) => ({ area }),
  );
  const above = { x: 0, y: 0, width: 100, height: 30 };
  expect(firstFree(candidates, [above])?.area.y).toBe(65);
});

test("where everything is taken the last candidate has to do", () => {
  const area = { x: 0, y: 0, width: 9, height: 9 };
  const all = { x: 0, y: 0, width: 100, height: 100 };
  expect(
    firstFree(
      [
        { area, text: "1 Happy" },
        { area, text: "1" },
      ],
      [all],
    )?.text,
  ).toBe("1");
});
