import { mainHead, type Running } from "../../lib";
import { h } from "../dom";
import { headName } from "../names";
import type { Words } from "../words";

/** A choice of one of a model's heads; hidden where there is only one. */
export class HeadChoice {
  readonly root: HTMLSelectElement;

  constructor(
    private readonly words: Words,
    id: string,
    changed: () => void,
    label = words.whichHead,
  ) {
    this.root = h("select", { id, "aria-label": label, hidden: true });
    this.root.addEventListener("change", changed);
  }

  /** Of another model the head that was chosen, if it has that, or else its main one. */
  prepare(heads: Running["heads"]): void {
    const { root, words } = this;
    const kept = heads.findIndex(({ name }) => name === root.value);
    root.replaceChildren(...heads.map(({ name }) => new Option(headName(name, words), name)));
    root.selectedIndex = kept < 0 ? mainHead(heads) : kept;
    root.hidden = heads.length < 2;
  }

  get index(): number {
    return Math.max(0, this.root.selectedIndex);
  }
}
