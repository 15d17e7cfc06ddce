import { expect, test } from "vitest";
import { clock } from "./clock";

test.each([
  [0, "0:00"],
  [2.44, "0:02.4"],
  [59.96, "1:00"],
  [725, "12:05"],
  [-1, "0:00"],
])("%f s is told as %s", (time_s, text) => {
  expect(clock(time_s)).toBe(text);
});
