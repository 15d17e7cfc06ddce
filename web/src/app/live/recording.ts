import type { FrameResult, Running } from "../../lib";
import { h } from "../dom";
import { button } from "../ui/button";
import { saveCsv, saveJson } from "../ui/results/save";
import type { Context } from "../view";
import type { LiveWords } from "./words";

interface Moment {
  readonly time_s: number;
  readonly result: FrameResult;
}

/** Keeps what is read while it runs, and hands it over as files. */
export class Recording {
  readonly button: HTMLButtonElement;
  readonly results = h("div", { class: "tools", hidden: true, id: "live-recorded" });
  private readonly text: HTMLElement;
  /** Only to be seen: who hears a button's name wants no clock in it. */
  private readonly time = h("span", { class: "figures", "aria-hidden": "true", hidden: true });
  private moments: Moment[] | null = null;
  private begun_s = 0;
  private model = "";
  private isSmooth = false;

  constructor(
    private readonly context: Context,
    private readonly words: LiveWords,
  ) {
    const press = () => (this.moments ? this.stop() : this.start());
    this.button = button("record", words.record, press, { id: "live-record" });
    this.button.append(this.time);
    this.text = this.button.querySelector("span") as HTMLElement;
  }

  /** What comes next is this model's; a recording is of one only. */
  prepare({ model }: Running): void {
    if (this.moments?.length && model.name !== this.model) this.stop();
    this.model = model.name;
  }

  /** `smooth`: whether probabilities are eased over time. */
  add(time_s: number, result: FrameResult, smooth: boolean): void {
    if (!this.moments) return;
    if (!this.moments.length) this.begun_s = time_s;
    this.isSmooth ||= smooth;
    this.moments.push({ time_s: time_s - this.begun_s, result });
    this.tellTime(time_s - this.begun_s);
  }

  stop(): void {
    const { moments } = this;
    this.moments = null;
    this.label(this.words.record, false);
    if (moments?.length) this.offer(moments);
  }

  private start(): void {
    this.moments = [];
    this.isSmooth = false;
    this.results.hidden = true;
    this.label(this.words.stopRecording, true);
    this.tellTime(0);
  }

  private label(text: string, isRecording: boolean): void {
    this.text.textContent = text;
    this.button.classList.toggle("primary", isRecording);
    this.time.hidden = !isRecording;
  }

  private tellTime(time_s: number): void {
    const text = this.context.words.seconds(String(Math.floor(time_s)));
    if (this.time.textContent !== text) this.time.textContent = text;
  }

  private offer(moments: Moment[]): void {
    const film = { source: "camera", model: this.model, moments, smooth: this.isSmooth };
    this.results.replaceChildren(
      h("span", { class: "soft" }, this.words.recorded(moments.length)),
      button("download", this.words.csv, () => saveCsv([film])),
      button("download", this.words.json, () => saveJson([film])),
    );
    this.results.hidden = false;
    this.context.announce(this.words.recorded(moments.length));
  }
}
