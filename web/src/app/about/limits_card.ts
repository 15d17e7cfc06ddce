import type { About } from "../../lib";
import { h } from "../dom";
import { labelName } from "../names";
import type { Words } from "../words";
import { section } from "./card_parts";
import { classFigures, recallOf, weakest } from "./class_figures";
import { percent } from "./figures";
import { part } from "./parts";
import { quoted } from "./unsure_card";
import type { AboutWords } from "./words";

/** What the model must not be used for, and where it is weak. */
export function limitsCard(about: About, words: AboutWords, shared: Words): HTMLElement {
  const weak = weakest(about.heads.flatMap((head) => classFigures(about, head))).map((each) =>
    words.seen(labelName(each.label, each.head, shared), percent(recallOf(each) ?? 0, 0)),
  );
  const said = [
    ...words.limitsList,
    ...(about.heads.length > 1 ? [words.limitsOthers] : []),
    ...(weak.length ? [words.weak(weak.join(", "))] : []),
  ];
  const card = part(
    3,
    words.limits,
    h(
      "div",
      { class: "about-columns" },
      h("ul", {}, ...said.map((text) => h("li", {}, text))),
      quoted(section(about.card, "Use and limits"), words),
    ),
  );
  card.id = "about-limits";
  card.classList.add("about-wide");
  return card;
}
