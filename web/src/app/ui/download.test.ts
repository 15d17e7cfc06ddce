import { expect, test } from "vitest";
import { safeName } from "./download";

test.each([
  ["my take.csv", "my take.csv"],
  ["웃음 1.json", "웃음 1.json"],
  ["../../takes/one.csv", "takes-one.csv"],
  ['a:b*c?"d.svg', "a-b-c-d.svg"],
  ["???.png", "facecast.png"],
])("%s is saved as %s", (name, safe) => {
  expect(safeName(name)).toBe(safe);
});

test("a long name is cut and keeps its ending", () => {
  expect(safeName(`${"x".repeat(300)}.csv`)).toBe(`${"x".repeat(80)}.csv`);
});
