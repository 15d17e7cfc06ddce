import "./timeline.css";
import { h } from "../dom";
import { headName, labelName } from "../names";
import { button } from "../ui/button";
import { clock } from "../ui/clock";
import { CurvesChart } from "../ui/curves_chart";
import { CURVES_WORDS } from "../ui/curves_words";
import { icon } from "../ui/icon";
import type { Words } from "../words";
import { lasting_s } from "./film";
import { makeSwitch } from "./make_switch";
import type { Result } from "./result";
import { SecondStrip } from "./second_strip";
import { secondTable } from "./second_table";
import { isEmotion, timingText } from "./sentences";
import type { TimeMap } from "./time_map";
import { timelineData } from "./timeline_data";
import type { CompareWords } from "./words";

interface Asked {
  readonly toggle: () => void;
  /** A time of the reference, from its first frame on. */
  readonly seek: (time_s: number) => void;
  readonly even: (on: boolean) => void;
}

/** Both curves over time, the seconds under them, and what plays both clips. */
export class TimelineCard {
  readonly root: HTMLElement;
  private readonly playing: HTMLButtonElement;
  private readonly time = h("span", { class: "soft figures" });
  private readonly place = h("div", { class: "compare-chart" });
  private readonly strip: SecondStrip;
  private readonly readout = h("p", { class: "compare-readout soft figures" });
  private readonly table = h("div", { class: "compare-scroll", tabindex: 0 });
  private chart: CurvesChart | null = null;
  private shown = "";
  private result: Result | null = null;

  constructor(
    private readonly words: CompareWords,
    private readonly shared: Words,
    private readonly asked: Asked,
  ) {
    this.playing = button("play", words.play, asked.toggle, {
      class: "primary",
      id: "compare-play",
    });
    this.strip = new SecondStrip(words, asked.seek);
    const even = makeSwitch(words.even, false, asked.even);
    even.input.id = "compare-even";
    even.root.title = words.evenHint;
    this.table.setAttribute("role", "region");
    this.table.setAttribute("aria-label", words.perSecond);
    const details = h("details", {}, h("summary", {}, words.asTable), this.table);
    const transport = h("div", { class: "tools compare-transport" }, this.playing, this.time);
    transport.append(this.key());
    const more = h("div", { class: "tools compare-more" }, details, even.root);
    this.root = h(
      "section",
      { class: "card compare-card compare-timeline", "aria-labelledby": "compare-timeline-title" },
      h("h3", { id: "compare-timeline-title", class: "unseen" }, words.inStep),
      transport,
      this.place,
      h("h4", {}, words.perSecond),
      this.strip.root,
      this.readout,
      more,
    );
  }

  /** A result; of its labels all, or the one that is picked out. */
  show(result: Result, map: TimeMap, picked: string | null): void {
    const { curves, head, score } = result;
    const whole_s = lasting_s(curves.reference);
    this.result = result;
    const labels = curves.reference.labels.filter((label) => !picked || label === picked);
    const chart = this.chartOf(head, labels);
    const { times_s, reference, take } = timelineData(curves.reference, curves.take, map);
    const wanted = <T>(lists: readonly T[]) =>
      lists.filter((_, i) => labels.includes(curves.reference.labels[i] as string));
    chart.set(times_s, wanted(reference));
    chart.setSecond(times_s, wanted(take));
    this.strip.show(score.seconds, whole_s);
    this.table.replaceChildren(secondTable(score.seconds, this.words));
  }

  /** Where the reference is, from its first frame on. */
  at(exact_s: number): void {
    // A difference of two clocks may fall short of the second that was asked for.
    const time_s = Math.round(exact_s * 1000) / 1000;
    this.chart?.at(time_s);
    if (!this.result) return;
    const { curves, score } = this.result;
    const second = Math.min(score.seconds.length - 1, Math.floor(time_s));
    this.strip.mark(second);
    const whole = clock(Math.round(lasting_s(curves.reference) * 10) / 10);
    set(this.time, `${clock(Math.floor(time_s * 10) / 10)} / ${whole}`);
    const part = score.seconds[second];
    if (!part) return;
    const points =
      part.score === null
        ? this.words.notCompared
        : this.words.points(String(Math.round(part.score)));
    const timing = timingText(part.late_s, this.words);
    const span = `${clock(second)}–${clock(second + 1)}`;
    set(this.readout, [span, points, timing].filter(Boolean).join(" · "));
  }

  play(on: boolean): void {
    const { play, pause } = this.words;
    const text = h("span", {}, on ? pause : play);
    this.playing.replaceChildren(icon(on ? "pause" : "play"), text);
  }

  close(): void {
    this.chart?.close();
    this.chart = null;
    this.shown = "";
    this.result = null;
  }

  /** The same chart for as long as its labels stay. */
  private chartOf(head: string, labels: readonly string[]): CurvesChart {
    const shown = [head, ...labels].join("\n");
    if (this.chart && shown === this.shown) return this.chart;
    this.chart?.close();
    this.shown = shown;
    this.chart = new CurvesChart({
      labels,
      names: labels.map((label) => labelName(label, head, this.shared)),
      words: { ...CURVES_WORDS[this.shared.code], name: this.chartName(head) },
      onSeek: this.asked.seek,
      second: true,
    });
    this.place.replaceChildren(this.chart.root);
    return this.chart;
  }

  private chartName(head: string): string {
    const { chart, chartOf } = this.words;
    return isEmotion(head) ? chart : chartOf(headName(head, this.shared));
  }

  private key(): HTMLElement {
    const { referenceLine, takeLine } = this.words;
    const line = (name: string, text: string) =>
      h("span", {}, h("i", { class: `compare-line ${name}` }), text);
    return h(
      "p",
      { class: "compare-key soft" },
      line("solid", referenceLine),
      line("dashed", takeLine),
    );
  }
}

function set(element: HTMLElement, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}
