import type { About } from "../../lib";
import { h } from "../dom";
import { part } from "./parts";
import { table } from "./table";
import type { AboutWords } from "./words";

/** What the graph consists of, and what the clean-up took out. */
export function operatorsCard({ operators }: About, words: AboutWords): HTMLElement {
  const sum = (of: "before" | "after") =>
    String(operators.reduce((total, each) => total + each[of], 0));
  return part(
    4,
    words.operators,
    h("p", {}, words.operatorsLead),
    table({
      label: words.operators,
      titles: [words.operator, words.before, words.after],
      rows: [
        ...operators.map(({ name, before, after }) => [name, String(before), String(after)]),
        [words.all, sum("before"), sum("after")],
      ],
    }),
  );
}
