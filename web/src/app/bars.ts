import type { HeadAnswer } from "../core/messages";
import { headName, labelName, type Strings } from "./strings";

interface Row {
  readonly item: HTMLElement;
  readonly fill: HTMLElement;
  readonly value: HTMLElement;
}

/** One bar for each label of each head. Rows are made once for a model and then only changed. */
export class Bars {
  private rows: Row[] = [];
  private shape = "";

  constructor(
    private readonly root: HTMLElement,
    private readonly strings: Strings,
  ) {}

  show(heads: readonly HeadAnswer[]): void {
    this.prepare(heads);
    let next = 0;
    for (const head of heads) {
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
  prepare(heads: readonly Pick<HeadAnswer, "name" | "labels">[]): void {
    const shape = JSON.stringify(heads.map(({ name, labels }) => [name, labels]));
    if (shape === this.shape) return;
    this.shape = shape;
    this.rows = [];
    this.root.replaceChildren(
      ...heads.flatMap((head) =>
        heads.length > 1 ? [this.heading(head.name), this.list(head)] : [this.list(head)],
      ),
    );
    this.idle();
  }

  private heading(name: string): HTMLElement {
    const heading = element("h2", "head");
    heading.textContent = headName(name, this.strings);
    return heading;
  }

  private list({ name, labels }: Pick<HeadAnswer, "name" | "labels">): HTMLElement {
    const list = element("ul", "bars");
    list.ariaLabel = headName(name, this.strings);
    for (const label of labels) {
      const row = this.row(labelName(label, this.strings));
      this.rows.push(row);
      list.append(row.item);
    }
    return list;
  }

  private row(name: string): Row {
    const item = element("li", "bar");
    const label = element("span", "bar-label");
    const track = element("span", "bar-track");
    const fill = element("span", "bar-fill");
    const value = element("span", "bar-value");
    label.textContent = name;
    track.append(fill);
    item.append(label, track, value);
    return { item, fill, value };
  }
}

function set({ item, fill, value }: Row, probability: number, leading: boolean): void {
  fill.style.transform = `translateX(${(probability * 100 - 100).toFixed(2)}%)`;
  value.textContent = `${Math.round(probability * 100)}%`;
  item.classList.toggle("leading", leading);
}

function element(tag: string, name: string): HTMLElement {
  const made = document.createElement(tag);
  made.className = name;
  return made;
}
