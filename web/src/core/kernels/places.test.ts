import { expect, test } from "vitest";
import { Places } from "./places";

test("what is held at once never overlaps, and what was given back is given out again", () => {
  const places = new Places();
  const first = places.take("a", 100);
  const second = places.take("b", 50);
  expect(second).toBeGreaterThanOrEqual(first + 100);
  places.give("a");
  expect(places.take("c", 90)).toBe(first);
  expect(places.take("d", 90)).toBeGreaterThanOrEqual(second + 50);
});

test("a place that was passed on is held by its new name", () => {
  const places = new Places();
  const at = places.take("a", 64);
  places.pass("a", "b");
  places.give("a");
  expect(places.take("c", 64)).not.toBe(at);
  places.give("b");
  expect(places.take("d", 64)).toBe(at);
});
