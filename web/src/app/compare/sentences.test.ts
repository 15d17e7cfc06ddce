import { expect, test } from "vitest";
import type { Curves, Score } from "../../score";
import { doubtsOf } from "./doubts";
import { doubtSentences, offsetSentence, refusal, timingText, verdictSentence } from "./sentences";
import { COMPARE_WORDS } from "./words";

const WORDS = COMPARE_WORDS.en;
const SCORE: Score = {
  score: 90,
  certainty: 1,
  offset_s: 0,
  emotions: [],
  seconds: [],
  path: Array.from({ length: 91 }, (_, i) => [i, i, 2] as const),
};

/** Three seconds of one emotion; `faceless` of the frames show no face. */
function curves(faceless = 0, unsure = 0): Curves {
  const frames = Array.from({ length: 91 }, (_, i) => i);
  return {
    labels: ["happy"],
    times_s: frames.map((i) => i / 30),
    probabilities: frames.map((i) => (i < faceless ? null : [1])),
    uncertain: frames.map((i) => i >= 91 - unsure),
  };
}

function doubts(reference: Curves, take: Curves, score = SCORE): string[] {
  return doubtSentences(doubtsOf(reference, take, score), [reference, take], WORDS);
}

test("a score is put into words of its own height", () => {
  const said = [100, 70, 50, 40].map((score) => verdictSentence({ ...SCORE, score }, WORDS));
  const { same, close, part, other } = WORDS.verdicts;
  expect(said).toEqual([same, close, part, other]);
});

test("of another head than the emotion no emotions are told", () => {
  const said = verdictSentence({ ...SCORE, score: 10 }, WORDS, "mask");
  expect(said).toBe(WORDS.plainVerdicts.other);
});

test("of a score of little certainty only that is said, however high it is", () => {
  expect(verdictSentence({ ...SCORE, certainty: 0.49 }, WORDS)).toBe(WORDS.doubtful);
});

test("who began late is told so, by how much", () => {
  expect(offsetSentence({ ...SCORE, offset_s: 0.2 }, WORDS)).toContain("0.2 s late");
  expect(offsetSentence({ ...SCORE, offset_s: -0.5 }, WORDS)).toContain("0.5 s early");
});

test("of clips that are too unlike nobody can tell who began late", () => {
  expect(offsetSentence({ ...SCORE, score: 20, offset_s: 1 }, WORDS)).toBe("");
});

test("where all was compared there is one sentence, which says so", () => {
  expect(doubts(curves(), curves())).toEqual([WORDS.allCompared]);
});

test("frames without a face and uncertain ones are told of the clip that has them", () => {
  expect(doubts(curves(), curves(30))).toEqual([WORDS.takeFaceless("1.0")]);
  expect(doubts(curves(0, 45), curves())).toEqual([WORDS.unsure("49%", "0%")]);
});

test("time that only one clip covers is told", () => {
  const score = { ...SCORE, path: SCORE.path.slice(0, 61) };
  expect(doubts(curves(), curves(), score)).toEqual([WORDS.alone("1.0")]);
});

test("clips of less than two seconds are doubted", () => {
  const short = { ...curves(), times_s: curves().times_s.map((time_s) => time_s / 3) };
  expect(doubts(short, short)).toContain(WORDS.tooShort("1.0"));
});

test("a second is early, late, in time, or cannot be told", () => {
  const texts = [0.3, -0.3, 0.01, null].map((late_s) => timingText(late_s, WORDS));
  expect(texts).toEqual(["0.3 s late", "0.3 s early", "in time", ""]);
});

test("why clips cannot be compared is said in both languages", () => {
  const detail = "never-together: at no time do both clips show a face";
  expect(refusal(detail, WORDS)).toBe(WORDS.neverTogether);
  expect(refusal(detail, COMPARE_WORDS.ko)).toBe(COMPARE_WORDS.ko.neverTogether);
});
