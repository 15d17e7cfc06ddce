import type { HeadAnswer } from "../../../lib";
import { roundPx, roundShare, roundTime } from "./round";
import { type Row, rows } from "./rows";
import { type HeadNames, headsOf, type ReadSource } from "./source";

type Cell = string | number | null;

const BOX = ["x", "y", "width", "height", "score"] as const;
/** Spreadsheets take a file without it for the machine's own character set. */
const MARK = "\ufeff";

/**
 * A table with one row for each frame and face. Its columns are those of `python -m train trace`,
 * which reads it back where there is one face; `face` and `source` come after them.
 */
export function toCsv(sources: readonly ReadSource[]): string {
  const heads = headsOf(sources);
  const tells = heads.some(({ unfamiliar }) => unfamiliar !== undefined);
  const names = heads.flatMap((head) => columns(head, tells));
  const header = ["index", "time_s", ...BOX, ...names];
  const lines = [[...header, "model", "smooth", "face", "source"]];
  for (const row of rows(sources)) lines.push(cells(row, heads, tells).map(escaped));
  return `${MARK}${lines.map((line) => `${line.join(",")}\r\n`).join("")}`;
}

function columns({ name, labels }: HeadNames, tells: boolean): string[] {
  const flags = tells ? ["uncertain", "unfamiliar"] : ["uncertain"];
  return [...labels, ...flags].map((column) => escaped(`${name}.${column}`));
}

function cells(row: Row, heads: readonly HeadNames[], tells: boolean): Cell[] {
  const { index, time_s, box, model, smooth, face, source } = row;
  return [
    index,
    time_s === null ? null : roundTime(time_s),
    ...BOX.map((name) => (box ? side(name, box[name]) : null)),
    ...heads.flatMap((head, i) => answers(head, row.heads[i], tells)),
    ...[model, Number(smooth), face, source],
  ];
}

function side(name: (typeof BOX)[number], value: number): number {
  return name === "score" ? roundShare(value) : roundPx(value);
}

function answers(head: HeadNames, answer: HeadAnswer | undefined, tells: boolean): Cell[] {
  if (!answer) return Array(columns(head, tells).length).fill(null);
  const cells = [...answer.probabilities.map(roundShare), Number(answer.uncertain)];
  return tells ? [...cells, Number(answer.unfamiliar ?? false)] : cells;
}

/** By RFC 4180. */
function escaped(cell: Cell): string {
  const text = cell === null ? "" : String(cell);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
