import type { About } from "../../lib";
import { h } from "../dom";
import { headName, labelName } from "../names";
import type { Words } from "../words";
import { fact } from "./card_parts";
import { sizeText } from "./figures";
import { facts, part } from "./parts";
import type { AboutWords } from "./words";

/** What the model is: its net, what it was taught with, and by whose leave. */
export function modelCard(about: About, words: AboutWords, shared: Words): HTMLElement {
  const { heads, input, card, origin } = about;
  const labels = heads.reduce((sum, head) => sum + head.labels.length, 0);
  const licence = fact(card, "Licence of the data");
  const seed = origin.seed === null ? "" : `, seed ${origin.seed}`;
  const { net, input: looks, answers, data, licence: leave, code, size } = words.facts;
  return part(
    3,
    `${words.model}: ${about.name}`,
    h("p", {}, words.kind(input.size, labels)),
    facts([
      [net, h("span", { lang: "en" }, about.net)],
      [
        looks,
        `${input.size} × ${input.size}, ${words[input.channels === "grey" ? "grey" : "colour"]}`,
      ],
      ...heads.map(
        (head) => [answersOf(head, heads.length, answers, shared), said(head, shared)] as const,
      ),
      [data, h("span", { lang: "en" }, fact(card, "Data") ?? origin.data)],
      ...(licence === null ? [] : [[leave, h("span", { lang: "en" }, licence)] as const]),
      ...(origin.code ? [[code, h("code", {}, `${origin.code}${seed}`)] as const] : []),
      [size, words.downloaded(sizeText(shippedBytes(about)))],
    ]),
  );
}

function answersOf(
  { name }: About["heads"][number],
  many: number,
  answers: string,
  shared: Words,
): string {
  return many > 1 ? `${answers}: ${headName(name, shared)}` : answers;
}

function said({ name, labels }: About["heads"][number], shared: Words): string {
  return labels.map((label) => labelName(label, name, shared)).join(", ");
}

function shippedBytes({ variants, shipped }: About): number {
  return variants.find(({ name }) => name === shipped)?.brotli_bytes ?? 0;
}
