import { type Face, type HeadAnswer, mainHead, type Running } from "../../lib";
import { h } from "../dom";
import { labelName } from "../names";
import type { Context } from "../view";
import { Bars } from "./bars";
import { besides } from "./besides";
import "./heads_panel.css";

/** What a face says: the main head's verdict in large, the others' beneath it, and a bar for each label. */
export class HeadsPanel {
  private readonly verdict = h("p", { class: "verdict-label" });
  private readonly more = h("p", { class: "verdict-more soft figures" });
  /** Of a model of several heads only. */
  private readonly others = h("p", { class: "verdict-others" });
  private readonly place = h("div", { class: "verdict" }, this.verdict, this.more);
  private readonly bars: Bars;
  readonly root: HTMLElement;

  constructor(private readonly context: Context) {
    this.bars = new Bars(context.words);
    this.root = h("div", { class: "heads-panel" }, this.place, this.bars.root);
  }

  prepare(heads: Running["heads"]): void {
    this.bars.prepare(heads);
    if (heads.length > 1) this.place.append(this.others);
    else this.others.remove();
  }

  /** `many` counts the faces that are in sight. */
  show(face: Face, many: number): void {
    const { heads } = face;
    const head = heads[mainHead(heads)];
    if (!head) return;
    this.bars.show(heads);
    const { words, announce } = this.context;
    const { label, sure, spoken } = this.said(head);
    this.tell(label, many > 1 ? `${sure} · ${words.faces(many)}` : sure, false);
    this.others.textContent = besides(heads, words).join(" · ");
    const heard = [spoken, ...besides(heads, words, words.perhaps)].join(", ");
    // What is uncertain wavers, and would be news all the time.
    announce(heard, [label, ...besides(heads, words, () => "")].join());
  }

  idle(text: string): void {
    this.bars.idle();
    this.tell(text, "", true);
    this.others.textContent = "";
    this.context.announce(text, text);
  }

  private said({ name: head, labels, probabilities, best, uncertain, unfamiliar }: HeadAnswer) {
    const { words } = this.context;
    if (unfamiliar) {
      const { unfamiliar: label, perhapsNoFace: sure } = words;
      return { label, sure, spoken: `${label}, ${sure}` };
    }
    const name = labelName(labels[best] as string, head, words);
    const percent = Math.round((probabilities[best] as number) * 100);
    if (!uncertain)
      return { label: name, sure: `${percent}%`, spoken: words.spoken(name, percent) };
    const perhaps = words.perhaps(name);
    const spoken = `${words.uncertain}, ${perhaps}`;
    return { label: words.uncertain, sure: `${perhaps}, ${percent}%`, spoken };
  }

  private tell(text: string, more: string, quiet: boolean): void {
    this.verdict.textContent = text;
    this.more.textContent = more;
    this.place.classList.toggle("quiet", quiet);
  }
}
