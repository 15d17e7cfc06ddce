import type { About } from "../../lib";
import { h } from "../dom";
import { blocks } from "./blocks";
import { part } from "./parts";
import type { AboutWords } from "./words";

/** The model's card as its makers wrote it. */
export function fullCard({ card }: About, words: AboutWords): HTMLElement | null {
  if (!card.length) return null;
  const details = h("details", { id: "about-card" }, h("summary", {}, words.showCard));
  details.append(blocks(card, 4));
  const whole = part(4, words.card, details);
  whole.classList.add("about-wide");
  return whole;
}
