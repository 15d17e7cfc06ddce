import type { About } from "../../lib";
import { h } from "../dom";
import { headName } from "../names";
import type { Words } from "../words";
import { blocks } from "./blocks";
import { type Blocks, section } from "./card_parts";
import { percent } from "./figures";
import { part } from "./parts";
import { table } from "./table";
import type { AboutWords } from "./words";

/** How probabilities were made honest, and below which of them nothing is claimed. */
export function unsureCard(about: About, words: AboutWords, shared: Words): HTMLElement {
  const { heads, card } = about;
  const [head] = heads;
  const isTold = heads.some(({ familiar_above }) => familiar_above !== undefined);
  const many = heads.length > 1;
  const [threshold, temperature] =
    many || !head
      ? [words.thresholds, words.temperatures]
      : [
          words.threshold(percent(head.uncertain_below, 0)),
          words.temperature(String(head.temperature)),
        ];
  return part(
    3,
    words.unsure,
    h("p", {}, threshold),
    isTold ? h("p", {}, words.unfamiliar) : null,
    h("p", {}, temperature),
    many ? headsTable(about, words, shared) : null,
    quoted(section(card, "Calibration"), words),
  );
}

function headsTable({ heads }: About, words: AboutWords, shared: Words): HTMLElement {
  return table({
    label: words.unsure,
    titles: [words.attribute, words.thresholdName, words.temperatureName],
    rows: heads.map(({ name, uncertain_below, temperature }) => [
      headName(name, shared),
      percent(uncertain_below, 0),
      String(temperature),
    ]),
  });
}

/** What the card says of it, word for word. */
export function quoted(card: Blocks, words: AboutWords): HTMLElement | null {
  if (!card.length) return null;
  const title = h("p", { class: "soft about-note" }, words.inItsCard);
  return h("div", { class: "about-quote" }, title, blocks(card, 3));
}
