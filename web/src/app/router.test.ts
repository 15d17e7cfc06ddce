import { expect, test } from "vitest";
import { tabOf } from "./router";

test("the address names a tab", () => {
  expect(tabOf("#compare")).toBe("compare");
});

test("an address without one, or with a strange one, is the first tab", () => {
  expect([tabOf(""), tabOf("#constructor")]).toEqual(["live", "live"]);
});
