import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import type { Curves } from "./curves";
import { type Score, score } from "./score";
import type { ScoreOptions } from "./score_options";

interface Case {
  readonly name: string;
  readonly reference: Curves;
  readonly take: Curves;
  readonly options: ScoreOptions;
  readonly expected: Score;
}

const FILE = new URL("../../../tests/golden/score.json", import.meta.url);
const CASES: readonly Case[] = JSON.parse(readFileSync(FILE, "utf8"));

test.each(CASES)("$name: what Python gives, to the last bit", (golden) => {
  expect(score(golden.reference, golden.take, golden.options)).toStrictEqual(golden.expected);
});
