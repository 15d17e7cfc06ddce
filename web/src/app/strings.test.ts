import { expect, test } from "vitest";
import { LANGUAGES, labelName, stringsFor } from "./strings";

test("both languages say the same things", () => {
  const { en, ko } = LANGUAGES;
  expect(Object.keys(ko)).toEqual(Object.keys(en));
  expect(Object.keys(ko.labels)).toEqual(Object.keys(en.labels));
  expect(Object.keys(ko.heads)).toEqual(Object.keys(en.heads));
});

test("Korean readers get Korean, all others English", () => {
  expect(stringsFor("ko-KR")).toBe(LANGUAGES.ko);
  expect(stringsFor("fr")).toBe(LANGUAGES.en);
});

test("a label without a word is shown as it is, but for its first letter", () => {
  expect(labelName("contempt", LANGUAGES.en)).toBe("Contempt");
  expect(labelName("무관심", LANGUAGES.ko)).toBe("무관심");
});

test("a label named like a method of every object is still a label", () => {
  expect(labelName("constructor", LANGUAGES.en)).toBe("Constructor");
});
