import type { About } from "../../lib";
import { h } from "../dom";
import { headName } from "../names";
import type { Words } from "../words";
import { blocks } from "./blocks";
import { type Blocks, section } from "./card_parts";
import { percent } from "./figures";
import { part } from "./parts";
import type { AboutWords } from "./words";

/** How probabilities were made honest, and below which of them nothing is claimed. */
export function unsureCard(about: About, words: AboutWords, shared: Words): HTMLElement {
  const many = about.heads.length > 1;
  const said = about.heads.flatMap(({ name, temperature, uncertain_below, familiar_above }) => [
    many ? h("p", {}, h("strong", {}, words.ofHead(headName(name, shared)))) : null,
    h("p", {}, words.threshold(percent(uncertain_below, 0))),
    familiar_above === undefined ? null : h("p", {}, words.unfamiliar),
    h("p", {}, words.temperature(String(temperature))),
  ]);
  return part(3, words.unsure, ...said, quoted(section(about.card, "Calibration"), words));
}

/** What the card says of it, word for word. */
export function quoted(card: Blocks, words: AboutWords): HTMLElement | null {
  if (!card.length) return null;
  const title = h("p", { class: "soft about-note" }, words.inItsCard);
  return h("div", { class: "about-quote" }, title, blocks(card, 3));
}
