import type { Face, Running } from "../../lib";
import { h } from "../dom";
import { CurvesChart } from "../ui/curves_chart";
import { CURVES_WORDS } from "../ui/curves_words";
import { headName, labelName, type Words } from "../words";
import { History, SPAN_S } from "./history";
import type { LiveWords } from "./words";

/** One head's curves of the chosen face over the last half minute. */
export class LiveCurves {
  readonly root: HTMLElement;
  private readonly history = new History();
  private readonly place = h("div");
  private readonly choice = h("select", { hidden: true });
  private chart: CurvesChart | null = null;
  private heads: Running["heads"] = [];
  private shown: number | null = null;

  constructor(
    private readonly words: Words,
    private readonly own: LiveWords,
  ) {
    this.choice.ariaLabel = words.whichHead;
    this.choice.addEventListener("change", () => this.build());
    const title = h("h3", {}, own.lastHalfMinute);
    const head = h("div", { class: "tools live-curves-head" }, title, this.choice);
    this.root = h("section", { class: "card live-curves", hidden: true }, head, this.place);
  }

  prepare(heads: Running["heads"]): void {
    this.heads = heads;
    const options = heads.map(({ name }, i) => new Option(headName(name, this.words), String(i)));
    this.choice.replaceChildren(...options);
    this.choice.hidden = heads.length < 2;
    this.build();
  }

  /** Another face than before comes with its own past. */
  add(time_s: number, faces: readonly Face[], chosen: number): void {
    this.root.hidden = false;
    this.history.add(time_s, faces, this.head);
    const face = faces.find(({ id }) => id === chosen);
    if (face && chosen !== this.shown) this.show(chosen);
    else this.chart?.push(time_s, face?.heads[this.head]?.probabilities ?? null);
  }

  /** A face was chosen by hand. */
  choose(face: number): void {
    if (face !== this.shown) this.show(face);
  }

  /** The curves are needed no more. */
  close(): void {
    this.chart?.close();
    this.chart = null;
  }

  clear(): void {
    this.root.hidden = true;
    this.history.clear();
    this.chart?.clear();
    this.shown = null;
  }

  private get head(): number {
    return Math.max(0, this.choice.selectedIndex);
  }

  private show(face: number): void {
    this.shown = face;
    const { times_s, values } = this.history.curves(
      face,
      this.heads[this.head]?.labels.length ?? 0,
    );
    this.chart?.set(times_s, values);
  }

  private build(): void {
    this.history.clear();
    this.shown = null;
    this.close();
    const head = this.heads[this.head];
    if (!head) return;
    this.chart = new CurvesChart({
      labels: head.labels,
      names: head.labels.map((label) => labelName(label, this.words)),
      words: { ...CURVES_WORDS[this.words.code], name: this.own.lastHalfMinute },
      window_s: SPAN_S,
    });
    this.place.replaceChildren(this.chart.root);
  }
}
