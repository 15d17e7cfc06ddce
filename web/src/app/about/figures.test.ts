import { expect, test } from "vitest";
import { percent, sizeText, tiny } from "./figures";

test.each([
  [4.2670348e-7, "4.3×10⁻⁷"],
  [1e-4, "1×10⁻⁴"],
  [1.5e-13, "1.5×10⁻¹³"],
  [0, "0"],
])("%f is written as %s", (value, text) => {
  expect(tiny(value)).toBe(text);
});

test("a share is a percentage, with as many digits as are asked for", () => {
  expect([percent(0.6542), percent(0.3743, 0)]).toEqual(["65.4%", "37%"]);
});

test("bytes are told in thousands, and from a million on in millions", () => {
  expect([432_644, 999_999, 1_917_724].map(sizeText)).toEqual(["433 kB", "1000 kB", "1.92 MB"]);
});
