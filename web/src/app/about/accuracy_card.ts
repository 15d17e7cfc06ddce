import type { About } from "../../lib";
import { h } from "../dom";
import { headName, labelName } from "../names";
import { colourName } from "../ui/colours";
import type { Words } from "../words";
import { type ClassFigures, classFigures } from "./class_figures";
import { percent } from "./figures";
import { bar, part } from "./parts";
import { table } from "./table";
import type { AboutWords } from "./words";

type Head = About["heads"][number];

/** How often the model is right: as a whole, and of each label. */
export function accuracyCard(about: About, words: AboutWords, shared: Words): HTMLElement {
  const many = about.heads.length > 1;
  const parts = about.heads.map((head) => [
    many ? h("h4", {}, headName(head.name, shared)) : null,
    inWords(about, head, words),
    tiles(about, head, words),
    figuresTable(about, head, words, shared),
  ]);
  const columns = () => h("div", { class: "about-columns" }, ...parts.map(columnOf));
  const card = part(3, words.earned, ...(many ? [columns()] : parts.flat()), note(about, words));
  card.id = "about-accuracy";
  card.classList.add(many ? "about-wide" : "about-tall");
  return card;
}

function columnOf(parts: readonly (HTMLElement | null)[]): HTMLElement {
  return h("div", {}, ...parts);
}

function note({ recall }: About, words: AboutWords): HTMLElement {
  const twice = recall.length ? ` ${words.measuredTwice}` : "";
  return h("p", { class: "soft about-note" }, words.figuresNote + twice);
}

/** A model of several heads earned its figures head by head. */
function earned({ heads, origin }: About, { name }: Head, figure: string): number | undefined {
  return origin.figures[heads.length > 1 ? `${name}.${figure}` : figure];
}

function inWords(about: About, head: Head, words: AboutWords): HTMLElement | null {
  const accuracy = earned(about, head, "accuracy");
  const labels = head.labels.length;
  if (accuracy === undefined) return null;
  const text = words.ofHundred(Math.round(100 * accuracy), labels, Math.round(100 / labels));
  return h("p", {}, text);
}

function tiles(about: About, head: Head, words: AboutWords): HTMLElement {
  const measured = about.recall.filter(({ head: name }) => name === head.name);
  return h(
    "div",
    { class: "about-tiles figures" },
    tile(words.accuracy, earned(about, head, "accuracy")),
    tile(words.macroF1, earned(about, head, "macro_f1")),
    ...measured.flatMap(({ macro_before, macro_after }) => [
      tile(`${words.macroRecall}, ${words.inTorch}`, macro_before),
      tile(`${words.macroRecall}, ${words.inChromium}`, macro_after),
    ]),
  );
}

function tile(name: string, share: number | undefined): HTMLElement | null {
  if (share === undefined) return null;
  return h("div", {}, h("strong", {}, percent(share)), h("span", { class: "soft" }, name));
}

/** Only the figures that somebody measured; the first of them is drawn as well. */
function figuresTable(about: About, head: Head, words: AboutWords, shared: Words): HTMLElement {
  const found = classFigures(about, head);
  const columns = columnsOf(words).filter(([, of]) => found.some((each) => of(each) !== null));
  return table({
    label: words.perLabel(headName(head.name, shared)),
    class: "about-classes",
    titles: [words.label, ...columns.map(([title]) => title), words.pictures],
    rows: found.map((each, i) => [
      labelName(each.label, each.head, shared),
      ...columns.map(([, of], column) =>
        column === 0 ? barCell(each.label, i, of(each)) : shareText(of(each)),
      ),
      each.pictures?.toLocaleString(shared.code) ?? "–",
    ]),
  });
}

function columnsOf(words: AboutWords): [string, (figures: ClassFigures) => number | null][] {
  return [
    ["F1", ({ f1 }) => f1],
    [words.recallTorch, ({ recall_torch }) => recall_torch],
    [words.recallChromium, ({ recall_browser }) => recall_browser],
  ];
}

function barCell(label: string, index: number, share: number | null): HTMLElement {
  return h(
    "span",
    { class: "about-bar" },
    bar(share ?? 0, colourName(label, index)),
    h("span", {}, shareText(share)),
  );
}

function shareText(share: number | null): string {
  return share === null ? "–" : percent(share);
}
