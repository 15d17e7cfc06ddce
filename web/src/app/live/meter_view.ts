import type { LiveFrame } from "../../lib";
import { h } from "../dom";
import { Meter } from "./meter";
import type { LiveWords } from "./words";

const EVERY_MS = 500;

/** Results a second, latency, drops and backend; only what has been measured is shown. */
export class MeterView {
  private readonly meter = new Meter();
  private shown_ms = Number.NEGATIVE_INFINITY;
  private readonly rate = figure("live-rate");
  private readonly latency = figure("live-latency");
  private readonly drops = figure("live-drops");
  private readonly where = figure("live-backend");
  readonly root: HTMLElement;

  constructor(words: LiveWords) {
    this.root = h(
      "dl",
      { class: "meter figures" },
      entry(this.rate, words.perSecond),
      entry(this.latency, words.latency),
      entry(this.drops, words.dropped),
      h("div", { hidden: true, class: "meter-where" }, h("dt", {}, words.backend), this.where),
    );
    this.reset();
  }

  backend(name: string): void {
    put(this.where, name);
  }

  add({ latency_ms, drops }: LiveFrame): void {
    const now_ms = performance.now();
    this.meter.add(now_ms, latency_ms);
    if (now_ms - this.shown_ms < EVERY_MS) return;
    this.shown_ms = now_ms;
    const [median, p95] = [0.5, 0.95].map((share) => this.meter.latency_ms(share).toFixed(0));
    put(this.rate, this.meter.perSecond.toFixed(0));
    put(this.latency, `${median}, ${p95}`);
    put(this.drops, String(drops));
  }

  reset(): void {
    this.meter.reset();
    this.shown_ms = Number.NEGATIVE_INFINITY;
    for (const each of [this.rate, this.latency, this.drops]) put(each, "");
  }
}

function figure(id: string): HTMLElement {
  return h("dd", { id });
}

function entry(value: HTMLElement, name: string): HTMLElement {
  return h("div", { hidden: true }, h("dt", {}, name), value);
}

function put(place: HTMLElement, value: string): void {
  place.textContent = value;
  if (place.parentElement) place.parentElement.hidden = !value;
}
