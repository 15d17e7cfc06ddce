import { type Face, Fault, type Running } from "../../lib";
import { h } from "../dom";
import { labelName } from "../names";
import type { CurvesChart } from "../ui/curves_chart";
import { CURVES_WORDS } from "../ui/curves_words";
import { HeadChoice } from "../ui/head_choice";
import type { Context } from "../view";
import { History, SPAN_S } from "./history";
import type { LiveWords } from "./words";

/** One head's curves of the chosen face over the last half minute. */
export class LiveCurves {
  readonly root: HTMLElement;
  private readonly history = new History();
  private readonly place = h("div");
  private readonly choice: HeadChoice;
  private chart: CurvesChart | null = null;
  /** Its code, once it was asked for. */
  private code: Promise<typeof CurvesChart> | null = null;
  private heads: Running["heads"] = [];
  private shown: number | null = null;

  constructor(
    private readonly context: Context,
    private readonly own: LiveWords,
  ) {
    this.choice = new HeadChoice(context.words, "live-head", () => this.renew());
    const title = h("h3", {}, own.lastHalfMinute);
    const head = h("div", { class: "tools live-curves-head" }, title, this.choice.root);
    this.root = h("section", { class: "card live-curves", hidden: true }, head, this.place);
  }

  prepare(heads: Running["heads"]): void {
    this.heads = heads;
    this.choice.prepare(heads);
    this.history.clear();
    this.shown = null;
    this.renew();
  }

  /** Another face than before comes with its own past. */
  add(time_s: number, faces: readonly Face[], chosen: number): void {
    this.history.add(time_s, faces);
    if (!this.chart) {
      this.open();
      return;
    }
    this.root.hidden = false;
    const face = faces.find(({ id }) => id === chosen);
    if (face && chosen !== this.shown) this.show(chosen);
    else this.chart?.push(time_s, face?.heads[this.choice.index]?.probabilities ?? null);
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

  private show(face: number): void {
    this.shown = face;
    const { index } = this.choice;
    const labels = this.heads[index]?.labels.length ?? 0;
    const { times_s, values } = this.history.curves(face, index, labels);
    this.chart?.set(times_s, values);
  }

  /** For another model or head. */
  private renew(): void {
    this.close();
    if (this.code) this.build();
  }

  /** Not before there is something to draw, for its code would hold the first face up. */
  private open(): void {
    if (this.code) return;
    this.code = new Promise<void>((shown) => setTimeout(shown))
      .then(() => import("../ui/curves_chart"))
      .then((code) => code.CurvesChart);
    this.build();
  }

  private build(): void {
    const { heads } = this;
    this.code?.then(
      (Chart) => {
        if (heads === this.heads && !this.context.closed.aborted) this.make(Chart);
      },
      (error) => this.context.fault(new Fault("missing-file", String(error))),
    );
  }

  private make(Chart: typeof CurvesChart): void {
    const head = this.heads[this.choice.index];
    if (!head) return;
    const { words } = this.context;
    this.close();
    this.chart = new Chart({
      labels: head.labels,
      names: head.labels.map((label) => labelName(label, head.name, words)),
      words: { ...CURVES_WORDS[words.code], name: this.own.lastHalfMinute },
      window_s: SPAN_S,
    });
    this.place.replaceChildren(this.chart.root);
    if (this.shown !== null) this.show(this.shown);
  }
}
