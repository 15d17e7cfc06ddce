import { h } from "../dom";
import type { Cell } from "./parts";

interface TableOptions {
  /** What it shows, for those who do not see where it stands. */
  readonly label: string;
  readonly titles: readonly Cell[];
  /** The first cell of each names its row. */
  readonly rows: readonly (readonly Cell[])[];
  readonly class?: string;
}

/** A table in a box of its own, which scrolls sideways, also by the arrow keys. */
export function table({ label, titles, rows, class: name = "" }: TableOptions): HTMLElement {
  const head = h("tr", {}, ...titles.map((title) => titleCell(title)));
  const body = rows.map(([first = "", ...others]) =>
    h("tr", {}, h("th", { scope: "row" }, first), ...others.map((cell) => h("td", {}, cell))),
  );
  const whole = h(
    "table",
    { class: `figures ${name}`.trim() },
    h("thead", {}, head),
    h("tbody", {}, ...body),
  );
  return h(
    "div",
    { class: "about-scroll", role: "group", tabindex: 0, "aria-label": label },
    whole,
  );
}

/** A heading without a word would be read as nothing. */
function titleCell(title: Cell): HTMLElement {
  return title === "" ? h("td") : h("th", { scope: "col" }, title);
}
