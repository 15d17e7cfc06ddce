import { expect, test } from "vitest";
import { LANGUAGES, labelName, stringsFor } from "./strings";

test("both languages say the same things", () => {
  const { en, ko } = LANGUAGES;
  expect(Object.keys(ko)).toEqual(Object.keys(en));
  expect(Object.keys(ko.labels)).toEqual(Object.keys(en.labels));
});

test("Korean readers get Korean, all others English", () => {
  expect(stringsFor("ko-KR")).toBe(LANGUAGES.ko);
  expect(stringsFor("fr")).toBe(LANGUAGES.en);
});

test("a label without a word is shown as it is", () => {
  expect(labelName("contempt", LANGUAGES.en)).toBe("contempt");
});
