import { h } from "../dom";
import type { CompareWords } from "./words";

/** So many takes are told; earlier ones are counted only. */
const TOLD = 6;

/** The scores of this visit's takes against one reference, so that a visitor sees them grow. */
export class History {
  readonly root: HTMLElement;
  private readonly list = h("ol");
  private scores: number[] = [];

  constructor(private readonly words: CompareWords) {
    this.root = h("div", { class: "compare-history" }, h("h4", {}, words.takes), this.list);
    this.clear();
  }

  /** A new reference: nothing before it can be held against what comes. */
  clear(): void {
    this.scores = [];
    this.show();
  }

  add(score: number): void {
    this.scores.push(score);
    this.show();
  }

  /** The last take again, by other options. */
  revise(score: number): void {
    this.scores[this.scores.length - 1] = score;
    this.show();
  }

  private show(): void {
    const { scores, words } = this;
    this.root.hidden = scores.length < 2;
    const highest = Math.max(...scores);
    const items = scores.map((score, i) => {
      const item = h(
        "li",
        { class: "figures", "aria-current": i === scores.length - 1 && "true" },
        h("span", { class: "soft" }, words.takeNumber(i + 1)),
        h("strong", {}, String(Math.round(score))),
      );
      if (score === highest) item.append(h("span", { class: "soft" }, words.best));
      return item;
    });
    this.list.replaceChildren(...items.slice(-TOLD));
  }
}
