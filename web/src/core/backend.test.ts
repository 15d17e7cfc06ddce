import { expect, test } from "vitest";
import { BackendError, finite } from "./backend";

test.each([Number.NaN, Number.POSITIVE_INFINITY])(
  "an output of %s is the backend's failure",
  (value) => {
    expect(() => finite(Float32Array.of(1, value))).toThrow(BackendError);
  },
);

test("numbers pass as they are", () => {
  const values = Float32Array.of(1, -2);
  expect(finite(values)).toBe(values);
});
