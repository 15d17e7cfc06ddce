import type { SecondPart } from "../../score";
import { h } from "../dom";
import { clock } from "../ui/clock";
import { percent, timingText } from "./sentences";
import type { CompareWords } from "./words";

/** Every second's figures, for those who cannot see the strip or want it exactly. */
export function secondTable(parts: readonly SecondPart[], words: CompareWords): HTMLElement {
  const titles = [words.time, words.score, words.timing, words.certainty];
  const head = h("tr", {}, ...titles.map((title) => h("th", { scope: "col" }, title)));
  const rows = parts.map(({ score, late_s, certainty }, second) => {
    const points = score === null ? words.notCompared : String(Math.round(score));
    return h(
      "tr",
      {},
      h("th", { scope: "row" }, clock(second)),
      ...[points, timingText(late_s, words), percent(certainty)].map((text) => h("td", {}, text)),
    );
  });
  return h(
    "table",
    { class: "compare-table figures" },
    h("caption", { class: "unseen" }, words.perSecond),
    h("thead", {}, head),
    h("tbody", {}, ...rows),
  );
}
