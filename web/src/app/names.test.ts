import { expect, test } from "vitest";
import { headName, labelName } from "./names";

const [EN, KO] = [{ code: "en" }, { code: "ko" }] as const;

test.each([
  ["emotion", "fear", "Afraid", "두려움"],
  ["gender", "female", "Female", "여성"],
  ["age", "20-29", "20–29", "20~29세"],
  ["age", "more than 70", "70 and over", "70세 이상"],
  ["age group", "<30", "Under 30", "30세 미만"],
  ["age group", ">=60", "60 and over", "60세 이상"],
  ["mask", "none", "No mask", "마스크 미착용"],
  ["race", "East Asian", "East Asian", "동아시아인"],
])("of %s, %s has a name in both languages", (head, label, english, korean) => {
  expect([labelName(label, head, EN), labelName(label, head, KO)]).toEqual([english, korean]);
});

test("a label of several put together is told part by part", () => {
  expect(labelName("worn, male, <30", "class", EN)).toBe("Mask worn · Male · Under 30");
  expect(labelName("none, female, 30-59", "class", KO)).toBe("마스크 미착용 · 여성 · 30~59세");
});

test("what the page has no word for is shown as it is", () => {
  expect(headName("glasses", KO)).toBe("Glasses");
  expect(labelName("none", "glasses", EN)).toBe("None");
  expect(labelName("1-2", "glasses", KO)).toBe("1-2");
  expect(labelName("red, or blue", "hat", EN)).toBe("Red, or blue");
  expect(labelName("toString", "emotion", EN)).toBe("ToString");
});
