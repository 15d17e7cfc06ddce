import { expect, test } from "vitest";
import {
  acted,
  clip,
  faceless,
  LABELS,
  type Label,
  noisy,
  type Rows,
  rough,
  SMILE,
  wandering,
} from "./made_clips";
import { score } from "./score";

const QUICK = { rate_hz: 15 };
const smile = acted([SMILE]);
const late = acted([{ ...SMILE, from_s: 2.3 }]);

test.each([0, 1, 2])("the same clip scores 100 with full certainty (%i)", (seed) => {
  const same = clip(wandering(seed));
  expect(score(same, same)).toMatchObject({ score: 100, certainty: 1, offset_s: 0 });
});

test.each([0, 1, 2, 3, 4, 5, 6, 7])("the order of the clips does not matter (%i)", (seed) => {
  const [one, other] = [rough(seed), rough(seed + 100)];
  const [there, back] = [score(one, other, QUICK), score(other, one, QUICK)];
  expect([there.score, there.certainty]).toEqual([back.score, back.certainty]);
  expect(there.emotions).toEqual(back.emotions);
  expect(there.offset_s + back.offset_s).toBe(0);
  expect(there.path.map(([i, j, used]) => [j, i, used])).toEqual(back.path);
  expect(there.certainty).toBeLessThan(0.95);
});

const SHIFTS = [1, 4, 8, 12, 15].flatMap((frames) => [
  { frames, what: "a smile", rows: smile },
  { frames, what: "many emotions", rows: wandering(1) },
]);

test.each(SHIFTS)("$what, $frames frames later, loses less than 3 points", ({ frames, rows }) => {
  const [early, later] = [rows.slice(0, -frames), rows.slice(frames)];
  expect(score(clip(early), clip(later)).score).toBeGreaterThan(97);
  expect(score(clip(rows), clip(later)).score).toBeGreaterThan(97);
  const first = rows[0] as Rows[number];
  const held = [...Array.from({ length: frames }, () => first), ...early];
  expect(score(clip(rows), clip(held)).score).toBeGreaterThan(97);
});

const HEIGHTS = [0.6, 0.75, 0.9];
const OTHERS = LABELS.flatMap((one, i) => LABELS.slice(i + 1).map((other) => ({ one, other })));

test.each(OTHERS)("$other for $one scores at most 40", ({ one, other }) => {
  for (const height of HEIGHTS) {
    const played = (label: Label) => clip(acted([{ from_s: 0.5, to_s: 3.5, label, height }], 4));
    expect(score(played(one), played(other), QUICK).score).toBeLessThanOrEqual(40);
  }
});

test("the mean score over 200 seeds falls as noise grows", () => {
  const rows = acted([{ from_s: 0.5, to_s: 1.5, label: "happy", height: 0.9 }], 2);
  const scored = (sigma: number, seed: number) =>
    score(clip(rows), clip(noisy(rows, sigma, seed)), QUICK).score;
  const means = [0, 0.02, 0.05, 0.1, 0.2, 0.4].map((sigma) => {
    const scores = Array.from({ length: 200 }, (_, seed) => scored(sigma, seed));
    return scores.reduce((sum, each) => sum + each, 0) / scores.length;
  });
  expect(means[0]).toBe(100);
  expect(new Set(means).size).toBe(means.length);
  expect(means).toEqual([...means].sort((one, other) => other - one));
});

test.each([0, 1.8, 3, 7.5])(
  "half a second without a face, from %f s, lowers the certainty and not the score",
  (start_s) => {
    const found = score(clip(smile), faceless(clip(smile), start_s, start_s + 0.5));
    expect(found.score).toBeGreaterThan(99.9);
    expect(Math.abs(found.certainty - (1 - 0.5 / 8))).toBeLessThan(0.01);
  },
);

test("uncertain frames lower the certainty alone", () => {
  const unsure = { ...clip(smile), uncertain: smile.map(() => true) };
  expect(score(clip(smile), unsure)).toMatchObject({ score: 100, certainty: 0.5 });
});

test("a moment that comes late is forgiven within the band, and told", () => {
  const found = score(clip(smile), clip(late));
  expect(found.score).toBeGreaterThan(99);
  expect(found.seconds[2]?.late_s).toBeGreaterThan(0.1);
});

test("a band of 0 compares sample by sample", () => {
  const found = score(clip(smile), clip(late), { band_s: 0, max_offset_s: 0 });
  expect(found.path.slice(1)).toEqual(smile.slice(1).map((_, i) => [i + 1, i + 1, 2]));
  expect(found.score).toBeLessThan(97);
});

test("the offset tells who begins later", () => {
  expect(score(clip(smile.slice(9)), clip(smile)).offset_s).toBeCloseTo(0.3, 12);
});

test("the parts make up the whole", () => {
  const found = score(clip(smile), clip(wandering(5)));
  for (const parts of [found.emotions, found.seconds]) {
    expect(parts.reduce((sum, part) => sum + part.share, 0)).toBeCloseTo(1, 12);
  }
  expect(found.seconds).toHaveLength(8);
});

test("the part that went wrong scores least", () => {
  const angry = { from_s: 6, to_s: 7, label: "angry", height: 0.9 } as const;
  const { seconds, emotions } = score(clip(smile), clip(acted([SMILE, angry])));
  const points = seconds.map((second) => second.score ?? 0);
  expect(points.indexOf(Math.min(...points))).toBe(6);
  const [worst] = [...emotions].sort((one, other) => one.score - other.score);
  expect(worst?.label).toBe("angry");
});

test("clips without a common face cannot be compared", () => {
  const [none, first, last] = [faceless(clip(smile), 0, 99), ...halves()];
  expect(() => score(clip(smile), none)).toThrow("no face");
  const strictly = { max_offset_s: 0, band_s: 0 };
  expect(() => score(first, last, strictly)).toThrow("at no time do both");
});

function halves() {
  return [faceless(clip(smile), 4, 99), faceless(clip(smile), 0, 4)] as const;
}

test.each([
  [[], "the take holds no frame"],
  [[0.08, 0.12, 0], "the take's times do not rise"],
  [[0, 0, 0], "the take's times do not rise"],
  [[0, 1, Number.NaN], "the take's times do not rise"],
  [[0, 1, 1e7], "the take lasts longer than 1 h"],
])("times that no clip has are refused: %j", (times_s, complaint) => {
  const take = { ...clip(smile.slice(0, times_s.length)), times_s };
  expect(() => score(clip(smile), take)).toThrow(complaint);
});

test("clips with other labels cannot be compared", () => {
  const other = { labels: ["a"], times_s: [0], probabilities: [[1]], uncertain: [false] };
  expect(() => score(clip(smile), other)).toThrow("the labels differ");
});

test.each(["times_s", "probabilities", "uncertain"] as const)(
  "lists of several lengths are refused: %s",
  (name) => {
    const whole = clip(smile);
    const take = { ...whole, [name]: whole[name].slice(1) };
    expect(() => score(clip(smile), take)).toThrow("the take's lists are not of one length");
  },
);

test("rows that do not fit the labels are refused", () => {
  const take = { ...clip(smile), probabilities: smile.map((row) => row.slice(1)) };
  expect(() => score(clip(smile), take)).toThrow("the take's lists are not of one length");
});
