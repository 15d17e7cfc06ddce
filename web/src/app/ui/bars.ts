import type { HeadAnswer } from "../../lib";
import { h } from "../dom";
import { headName, labelName, type Words } from "../words";
import { colourName } from "./colours";

type Head = Pick<HeadAnswer, "name" | "labels">;

interface Row {
  readonly item: HTMLElement;
  readonly fill: HTMLElement;
  readonly value: HTMLElement;
}

/** One bar for each label of each head. Rows are made once for a model and then only changed. */
export class Bars {
  readonly root = h("div", { class: "bars" });
  private rows: Row[] = [];
  private shape = "";

  constructor(private readonly words: Words) {}

  show(heads: readonly HeadAnswer[]): void {
    this.prepare(heads);
    let next = 0;
    for (const head of heads) {
      head.probabilities.forEach((probability, i) => {
        set(this.rows[next++] as Row, probability, i === head.best && !head.uncertain);
      });
    }
    const unfamiliar = heads.some((head) => head.unfamiliar);
    this.root.classList.toggle("unfamiliar", unfamiliar);
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
    this.root.replaceChildren(
      ...heads.flatMap((head) =>
        many ? [this.heading(head), this.list(head)] : [this.list(head)],
      ),
    );
    this.idle();
  }

  private heading({ name }: Head): HTMLElement {
    return h("h3", { class: "bars-head soft" }, headName(name, this.words));
  }

  private list({ name, labels }: Head): HTMLElement {
    const rows = labels.map((label, i) => this.row(label, i));
    this.rows.push(...rows);
    const items = rows.map(({ item }) => item);
    return h("ul", { "aria-label": headName(name, this.words) }, ...items);
  }

  private row(label: string, index: number): Row {
    const fill = h("span", { class: "bar-fill" });
    fill.style.setProperty("--colour", `var(${colourName(label, index)})`);
    const value = h("span", { class: "bar-value figures" });
    const item = h(
      "li",
      { class: "bar" },
      h("span", { class: "bar-label" }, labelName(label, this.words)),
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
