import type { HeadAnswer } from "../../lib";
import { h } from "../dom";
import { headName, labelName } from "../names";
import type { Words } from "../words";
import { colourName } from "./colours";

type Head = Pick<HeadAnswer, "name" | "labels">;

/** With more rows the bars are higher than the stage beside them. */
const TALL = 9;

interface Row {
  readonly item: HTMLElement;
  readonly fill: HTMLElement;
  readonly value: HTMLElement;
}

/** One bar for each label of each head. Rows are made once for a model and then only changed. */
export class Bars {
  readonly root = h("div", { class: "bars" });
  private rows: Row[] = [];
  /** What is told apart where a head finds a face unfamiliar: its own bars, or all that there are. */
  private places: readonly HTMLElement[] = [];
  private shape = "";

  constructor(private readonly words: Words) {}

  show(heads: readonly HeadAnswer[]): void {
    this.prepare(heads);
    let next = 0;
    for (const [i, head] of heads.entries()) {
      this.places[i]?.classList.toggle("unfamiliar", head.unfamiliar ?? false);
      head.probabilities.forEach((probability, i) => {
        set(this.rows[next++] as Row, probability, i === head.best && !head.uncertain);
      });
    }
    this.root.classList.remove("idle");
  }

  idle(): void {
    this.root.classList.add("idle");
    for (const row of this.rows) {
      set(row, 0, false);
      row.value.textContent = "–";
    }
  }

  /** Makes the rows that these heads need, unless they are there already. */
  prepare(heads: readonly Head[]): void {
    const shape = JSON.stringify(heads.map(({ name, labels }) => [name, labels]));
    if (shape === this.shape) return;
    this.shape = shape;
    this.rows = [];
    const many = heads.length > 1;
    const lists = heads.map((head) => this.list(head));
    const parts = heads.map((head, i) => this.part(head, lists[i] as HTMLElement));
    this.places = many ? lists : [this.root];
    this.root.className = many ? "bars many" : "bars";
    this.root.classList.toggle("tall", this.rows.length > TALL);
    this.root.replaceChildren(...(many ? parts : lists));
    this.idle();
  }

  private part({ name }: Head, list: HTMLElement): HTMLElement {
    const heading = h("h3", { class: "bars-head soft" }, headName(name, this.words));
    return h("div", { class: "bars-part" }, heading, list);
  }

  private list({ name, labels }: Head): HTMLElement {
    const rows = labels.map((label, i) => this.row(label, labelName(label, name, this.words), i));
    this.rows.push(...rows);
    const items = rows.map(({ item }) => item);
    return h("ul", { "aria-label": headName(name, this.words) }, ...items);
  }

  private row(label: string, text: string, index: number): Row {
    const fill = h("span", { class: "bar-fill" });
    fill.style.setProperty("--colour", `var(${colourName(label, index)})`);
    const value = h("span", { class: "bar-value figures" });
    const item = h(
      "li",
      { class: "bar" },
      h("span", { class: "bar-label" }, text),
      h("span", { class: "bar-track" }, fill),
      value,
    );
    return { item, fill, value };
  }
}

function set({ item, fill, value }: Row, probability: number, leading: boolean): void {
  // A hair further than its length, for a rounded end would still show.
  fill.style.transform = `translateX(${(probability * 101 - 101).toFixed(2)}%)`;
  value.textContent = `${Math.round(probability * 100)}%`;
  item.classList.toggle("leading", leading);
}
