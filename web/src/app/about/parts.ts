import { h } from "../dom";
import { safeHref } from "./safe_href";

export type Cell = string | Node;

/** A card under a heading; `level` is the heading's. */
export function part(level: 3 | 4, title: string, ...content: readonly (Cell | null)[]) {
  return h("section", { class: "card about-part" }, h(`h${level}`, {}, title), ...content);
}

/** A link without a word about where it was followed; mere words where it leads to no page. */
export function link(href: string, text: string): Cell {
  const safe = safeHref(href);
  return safe === null ? text : h("a", { href: safe, rel: "noreferrer" }, text);
}

/** Names and what they stand for. */
export function facts(entries: readonly (readonly [string, Cell])[]): HTMLElement {
  const pairs = entries.map(([name, value]) => h("div", {}, h("dt", {}, name), h("dd", {}, value)));
  return h("dl", { class: "about-facts figures" }, ...pairs);
}

/** How much of the whole; only to be seen, for its number stands beside it. */
export function bar(share: number, colour = "--bar"): HTMLElement {
  const fill = h("span", { class: "about-fill" });
  fill.style.setProperty("--part", `${(100 * share).toFixed(1)}%`);
  fill.style.setProperty("--colour", `var(${colour})`);
  return h("span", { class: "about-track", "aria-hidden": "true" }, fill);
}
