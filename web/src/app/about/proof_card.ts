import type { About } from "../../lib";
import { h } from "../dom";
import type { Words } from "../words";
import { percent, tiny } from "./figures";
import { chain, linkName, provenOn } from "./link_name";
import { facts, part } from "./parts";
import { table } from "./table";
import type { AboutWords } from "./words";

type Link = About["links"][number];
type Figure = Link["figures"][number];

const FIGURES = ["max_relative", "flips", "mean_kl"] as const;

/** The way from the net itself to the page, and what each step was held to. */
export function proofCard(about: About, words: AboutWords, shared: Words): HTMLElement {
  const backends = provenOn(about).map((name) => words.backends[name]);
  const missing = about.missing_backends.join(", ");
  const card = part(
    4,
    words.proof,
    about.proven ? null : h("p", { class: "about-warning" }, shared.unproven),
    h("p", {}, words.proofLead(about.crops.toLocaleString(shared.code))),
    steps(about, words),
    linksTable(about, words),
    h("p", { class: "soft about-note" }, words.driftNote),
    facts([
      [words.provenOn, backends.join(", ") || words.noneProven],
      ...(missing ? [[words.missingBackends, missing] as const] : []),
      [words.conversion, h("span", { lang: "en" }, about.conversion)],
    ]),
  );
  card.id = "about-proof";
  card.classList.add("about-wide");
  return card;
}

function steps(about: About, words: AboutWords): HTMLElement {
  const [onnx, tensorflow, served] = chain(about);
  const all = [
    h("li", {}, h("strong", {}, "torch"), h("span", { class: "soft" }, words.netItself)),
    onnx && step("ONNX", onnx, words),
    tensorflow && step("TensorFlow", tensorflow, words),
    served && step("TF.js", served, words, words.served(about.shipped)),
  ];
  return h("ol", { class: "about-chain figures" }, ...all);
}

function step(name: string, { figures }: Link, words: AboutWords, more = ""): HTMLElement {
  const held = figures.filter(({ allowed }) => allowed !== null);
  return h(
    "li",
    {},
    h("strong", {}, name),
    more ? h("span", { class: "soft" }, more) : null,
    ...held.map((figure) => h("span", {}, `${figureName(figure.name, words)} `, measured(figure))),
  );
}

function linksTable({ links }: About, words: AboutWords): HTMLElement {
  return table({
    label: words.proof,
    class: "about-links-table",
    titles: [words.link, words.crops, ...FIGURES.map((name) => figureName(name, words))],
    rows: links.map((link) => [
      linkName(link, words),
      String(link.crops),
      ...FIGURES.map((name) => {
        const figure = link.figures.find((each) => each.name === name);
        return figure ? measured(figure) : "–";
      }),
    ]),
  });
}

function figureName(name: Figure["name"], words: AboutWords): string {
  return { max_relative: words.drift, flips: words.flips, mean_kl: words.kl }[name];
}

/** What was measured, and beside it what is allowed. */
function measured({ name, measured, allowed }: Figure): HTMLElement {
  const text = name === "flips" ? percent : tiny;
  const limit = allowed === null ? null : h("span", { class: "soft" }, ` ≤ ${text(allowed)}`);
  return h("span", { class: "about-figure" }, text(measured), limit);
}
