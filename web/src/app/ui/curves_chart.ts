import "uplot/dist/uPlot.min.css";
import "./curves_chart.css";
import uPlot from "uplot";
import { h } from "../dom";
import { clock } from "./clock";
import { forgetBefore, leading, leadingShares, nearest, type Series } from "./curves_chart_data";
import { CurvesLegend } from "./curves_chart_legend";
import { type Colours, coloursOf, plotOptions } from "./curves_chart_options";
import { makeSlider } from "./curves_chart_slider";

const REDRAW_MS = 100;
/** Times on the axis where nothing has come yet. */
const EMPTY_S = 1;
/** How far the cursor moves until a screen reader hears its place again while a clip plays. */
const SPOKEN_S = 1;

export interface ChartWords {
  /** What the chart is, for a screen reader. */
  readonly name: string;
  /** Over the buttons that show and hide curves. */
  readonly curves: string;
  /** The cursor's place and what leads there. */
  readonly place: (time: string, leading: string | null) => string;
  /** One curve's share of the frames that it leads. */
  readonly share: (label: string, percent: number) => string;
}

export interface ChartOptions {
  /** As the model names them, for their colours. */
  readonly labels: readonly string[];
  /** As a reader should see them. */
  readonly names: readonly string[];
  readonly words: ChartWords;
  /** Makes the chart a slider over time. */
  readonly onSeek?: (time_s: number) => void;
  /** Keeps and shows the last seconds only; times are told relative to now. */
  readonly window_s?: number;
  /** A second set of curves, drawn dashed. */
  readonly second?: boolean;
}

type Data = [number[], ...(number | null | undefined)[][]];

/** Probabilities over time, one curve a label; null is a gap. Its height is that of its CSS. */
export class CurvesChart {
  readonly root: HTMLElement;
  private readonly frame: HTMLElement;
  private readonly line = h("div", { class: "curves-cursor", hidden: true });
  private readonly summary = h("p", { class: "unseen" });
  private readonly legend: CurvesLegend;
  private readonly plot: uPlot;
  private readonly dark = matchMedia("(prefers-color-scheme: dark)");
  private readonly sizes = new ResizeObserver(() => this.resize());
  private colours: Colours;
  private times_s: number[] = [];
  private series: (number | null)[][];
  private second: readonly [readonly number[], readonly Series[]] | null = null;
  private at_s: number | null = null;
  private spoken_s = Number.NaN;
  private end_s = 0;
  private least_s = 0;
  private drawn_ms = 0;
  private waiting = 0;

  constructor(private readonly options: ChartOptions) {
    const { labels, names, words } = options;
    this.series = labels.map(() => []);
    this.colours = coloursOf(labels);
    this.frame = this.makeFrame();
    this.legend = new CurvesLegend(labels, names, words.curves, (i, on) => this.toggle(i, on));
    this.root = h("div", { class: "curves" }, this.frame, this.legend.root, this.summary);
    this.plot = this.makePlot();
    this.plot.over.append(this.line);
    this.sizes.observe(this.frame);
    this.dark.addEventListener("change", this.recolour);
  }

  /** All the data at once: rising times, and for each label its values at these times. */
  set(times_s: readonly number[], values: readonly Series[]): void {
    this.times_s = [...times_s];
    this.series = values.map((own) => [...own]);
    this.summarise();
    this.changed();
  }

  /** The dashed curves, at times of their own. */
  setSecond(times_s: readonly number[], values: readonly Series[]): void {
    this.second = [times_s, values];
    this.changed();
  }

  /** One moment more; without a face it is a gap. Cheap enough for every frame of a camera. */
  push(time_s: number, values: readonly number[] | null): void {
    this.times_s.push(time_s);
    this.series.forEach((own, i) => {
      own.push(values?.[i] ?? null);
    });
    const { window_s } = this.options;
    if (window_s) forgetBefore(time_s - window_s, this.times_s, this.series);
    this.showValues(this.times_s.length - 1);
    this.changed();
  }

  /** The time axis goes at least so far: more is to come. */
  until(end_s: number): void {
    this.least_s = end_s;
    this.changed();
  }

  clear(): void {
    this.second = null;
    this.least_s = 0;
    this.set(
      [],
      this.series.map(() => []),
    );
    this.at(null);
  }

  /** Puts the cursor at that time. */
  at(time_s: number | null): void {
    this.at_s = time_s;
    this.line.hidden = time_s === null;
    if (time_s === null) {
      this.legend.show(null);
      return;
    }
    this.place(time_s);
    this.showValues(nearest(this.times_s, time_s));
    if (!(Math.abs(time_s - this.spoken_s) < SPOKEN_S)) this.speak(time_s);
  }

  /** The chart is needed no more. */
  close(): void {
    clearTimeout(this.waiting);
    this.sizes.disconnect();
    this.dark.removeEventListener("change", this.recolour);
    this.plot.destroy();
    this.root.remove();
  }

  private makeFrame(): HTMLElement {
    const { onSeek, words } = this.options;
    if (!onSeek) return h("div", { class: "curves-plot", role: "img", "aria-label": words.name });
    const frame = h("div", {
      class: "curves-plot curves-slider",
      role: "slider",
      tabindex: 0,
      "aria-label": words.name,
      "aria-valuemin": 0,
      "aria-valuemax": 0,
      "aria-valuenow": 0,
    });
    makeSlider(frame, {
      times_s: () => this.times_s,
      at_s: () => this.at_s ?? 0,
      timeAt: (clientX) => this.timeAt(clientX),
      seek: (time_s) => this.seek(time_s),
    });
    return frame;
  }

  private makePlot(): uPlot {
    const { labels, window_s, second = false } = this.options;
    const { fontFamily } = getComputedStyle(document.body);
    const options = plotOptions(
      {
        labels,
        second,
        width: 300,
        height: 200,
        range: () => this.range(),
        rolling: window_s !== undefined,
        font: `12px ${fontFamily}`,
      },
      () => this.colours,
    );
    const holder = h("div", { class: "curves-canvas", "aria-hidden": "true" });
    this.frame.append(holder);
    return new uPlot(options, this.data(), holder);
  }

  private readonly recolour = (): void => {
    this.colours = coloursOf(this.options.labels);
    this.plot.redraw(false, true);
  };

  private toggle(index: number, show: boolean): void {
    const count = this.options.labels.length;
    this.plot.setSeries(index + 1, { show });
    if (this.options.second) this.plot.setSeries(count + index + 1, { show });
  }

  private resize(): void {
    const { clientWidth: width, clientHeight: height } = this.frame;
    if (!width || !height) return;
    this.plot.setSize({ width, height });
    if (this.at_s !== null) this.place(this.at_s);
  }

  private range(): [number, number] {
    const { window_s } = this.options;
    if (window_s) return [this.end_s - window_s, this.end_s];
    const start = Math.min(0, this.times_s[0] ?? 0, this.second?.[0][0] ?? 0);
    return [start, this.end_s > start ? this.end_s : start + EMPTY_S];
  }

  private data(): Data {
    const own: Data = [this.times_s, ...this.series];
    if (!this.options.second) return own;
    const [times_s, values] = this.second ?? [[], this.series.map(() => [])];
    const other: Data = [[...times_s], ...values.map((each) => [...each])];
    return uPlot.join([own, other]) as Data;
  }

  /** Draws soon, at most ten times a second. */
  private changed(): void {
    const [own_s = 0, other_s = 0] = [this.times_s.at(-1), this.second?.[0].at(-1)];
    this.end_s = Math.max(own_s, other_s, this.least_s);
    if (this.waiting) return;
    const wait_ms = Math.max(0, this.drawn_ms + REDRAW_MS - performance.now());
    this.waiting = window.setTimeout(() => this.draw(), wait_ms);
  }

  private draw(): void {
    this.waiting = 0;
    this.drawn_ms = performance.now();
    this.plot.setData(this.data());
    if (this.options.onSeek) this.frame.ariaValueMax = this.end_s.toFixed(2);
    if (this.at_s !== null) this.at(this.at_s);
  }

  private place(time_s: number): void {
    const [start, end] = this.range();
    const share = Math.max(0, Math.min(1, (time_s - start) / (end - start)));
    this.line.style.insetInlineStart = `${(share * 100).toFixed(3)}%`;
  }

  private timeAt(clientX: number): number {
    const { left, width } = this.plot.over.getBoundingClientRect();
    const [start, end] = this.range();
    const share = Math.max(0, Math.min(1, (clientX - left) / Math.max(1, width)));
    return start + share * (end - start);
  }

  private seek(time_s: number): void {
    this.spoken_s = Number.NaN;
    this.at(time_s);
    this.options.onSeek?.(time_s);
  }

  private showValues(index: number): void {
    this.legend.show(this.series.map((values) => percent(values[index])));
  }

  private speak(time_s: number): void {
    if (!this.options.onSeek) return;
    this.spoken_s = time_s;
    const best = leading(this.series, nearest(this.times_s, time_s));
    this.frame.ariaValueNow = time_s.toFixed(2);
    const { words, names } = this.options;
    this.frame.ariaValueText = words.place(clock(time_s), names[best] ?? null);
  }

  /** Of a whole clip; what rolls by would be out of date at once. */
  private summarise(): void {
    if (this.options.window_s) return;
    const { names, words } = this.options;
    this.summary.textContent = leadingShares(this.series)
      .map((share, i) => ({ share: Math.round(share * 100), name: names[i] as string }))
      .filter(({ share }) => share > 0)
      .sort((a, b) => b.share - a.share)
      .map(({ share, name }) => words.share(name, share))
      .join(", ");
  }
}

function percent(value: number | null | undefined): string {
  return typeof value === "number" ? `${Math.round(value * 100)}%` : "–";
}
