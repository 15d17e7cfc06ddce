import type { Running } from "../../lib";
import { h } from "../dom";
import { headName, labelName } from "../names";
import { CurvesChart } from "../ui/curves_chart";
import { nearest, toSeries } from "../ui/curves_chart_data";
import { CURVES_WORDS } from "../ui/curves_words";
import { HeadChoice } from "../ui/head_choice";
import type { Plot } from "../ui/results/plot";
import type { ReadMoment } from "../ui/results/source";
import type { Words } from "../words";
import type { FileItem } from "./file_item";
import type { FilesWords } from "./words";

/** A moment further away than this has not been read. */
const NEAR_S = 0.25;

/** What one head says of the chosen face over a clip's time. */
export class ClipCurves {
  readonly root = h("div");
  readonly choices: HTMLElement;
  private readonly smooth = h("input", { type: "checkbox", role: "switch", id: "files-smooth" });
  private readonly head: HeadChoice;
  private readonly times_s: number[] = [];
  private chart: CurvesChart | null = null;
  private shape = "";
  private item: FileItem | null = null;

  constructor(
    private readonly words: Words,
    private readonly own: FilesWords,
    private readonly told: {
      readonly seek: (time_s: number) => void;
      /** Smoothing was turned on or off. */
      readonly changed: () => void;
    },
  ) {
    this.head = new HeadChoice(words, "files-head", () => this.redraw());
    this.smooth.checked = true;
    this.smooth.addEventListener("change", () => {
      this.redraw();
      told.changed();
    });
    const smooth = h("label", { class: "switch" }, this.smooth, h("span", {}, own.smooth));
    this.choices = h("div", { class: "tools" }, this.head.root, smooth);
  }

  /** The curves are needed no more. */
  close(): void {
    this.chart?.close();
    this.chart = null;
  }

  open(item: FileItem | null): void {
    this.item = item;
    this.times_s.length = 0;
    this.chart?.clear();
    this.redraw();
  }

  at(time_s: number): void {
    this.chart?.at(time_s);
  }

  /** While a clip is read, its axis goes to the end that it will have. */
  until(end_s: number): void {
    this.chart?.until(end_s);
  }

  /** What was read where the clip stands; null where nothing was. */
  momentAt(time_s: number): ReadMoment | null {
    const moments = this.shown();
    const moment = moments[nearest(this.timesOf(moments), time_s)];
    return moment && Math.abs((moment.time_s ?? 0) - time_s) <= NEAR_S ? moment : null;
  }

  /** The curves anew: more was read, or another face was chosen. */
  redraw(): void {
    if (!this.item?.running) return;
    this.prepare(this.item);
    const { times_s, series } = this.curves();
    this.chart?.set(times_s, series);
  }

  plot(): Plot {
    const { item, words } = this;
    const head = item?.running?.heads[this.head.index];
    const labels = head?.labels ?? [];
    const names = labels.map((label) => labelName(label, head?.name ?? "", words));
    const more = [head ? headName(head.name, words) : "", item?.running?.model.name ?? ""];
    return { title: item?.name ?? "", more: more.join(" · "), labels, names, ...this.curves() };
  }

  private curves() {
    const { item } = this;
    const { index } = this.head;
    const moments = this.shown();
    const values = moments.map(({ result }) => {
      const face = result.faces.find(({ id }) => id === item?.chosen);
      return face?.heads[index]?.probabilities ?? null;
    });
    const labels = item?.running?.heads[index]?.labels.length ?? 0;
    return { times_s: [...this.timesOf(moments)], series: toSeries(labels, values) };
  }

  private shown(): readonly ReadMoment[] {
    return (this.smooth.checked ? this.item?.eased : this.item?.moments) ?? [];
  }

  /** Kept, and only added to while a clip is read: it is asked for at every frame that plays. */
  private timesOf(moments: readonly ReadMoment[]): readonly number[] {
    const { times_s } = this;
    if (times_s.length > moments.length) times_s.length = 0;
    for (let i = times_s.length; i < moments.length; i++) times_s.push(moments[i]?.time_s ?? 0);
    return times_s;
  }

  /** A chart for the head that is asked for; another model may have other heads. */
  private prepare({ running }: FileItem): void {
    const heads = running?.heads ?? [];
    const all = JSON.stringify(heads);
    if (!this.shape.startsWith(all)) this.head.prepare(heads);
    const shape = `${all}${this.head.index}`;
    if (shape === this.shape) return;
    this.shape = shape;
    const head = heads[this.head.index];
    if (head) this.build(head);
  }

  private build({ name, labels }: Running["heads"][number]): void {
    this.close();
    this.chart = new CurvesChart({
      labels,
      names: labels.map((label) => labelName(label, name, this.words)),
      words: { ...CURVES_WORDS[this.words.code], name: this.own.timeline },
      onSeek: this.told.seek,
    });
    this.root.replaceChildren(this.chart.root);
  }
}
