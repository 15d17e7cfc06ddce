import { expect, test } from "vitest";
import { joined } from "./joined";

test("parts follow each other in one buffer", () => {
  const whole = joined([Uint8Array.of(1, 2), new Uint8Array(0), Uint8Array.of(3)]);
  expect([...new Uint8Array(whole)]).toEqual([1, 2, 3]);
});
