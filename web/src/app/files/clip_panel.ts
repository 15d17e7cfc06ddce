import { h } from "../dom";
import { button } from "../ui/button";
import { clock } from "../ui/clock";
import { saveCsv, saveJson, savePng, saveSvg } from "../ui/results/save";
import type { ReadMoment } from "../ui/results/source";
import type { Words } from "../words";
import { ClipCurves } from "./clip_curves";
import type { FileItem } from "./file_item";
import { paceText } from "./state_text";
import type { FilesWords } from "./words";

interface Told {
  readonly seek: (time_s: number) => void;
  readonly play: () => void;
  readonly stop: () => void;
  readonly again: () => void;
  /** Other values are to be shown. */
  readonly changed: () => void;
}

/** How long a clip's curves may be out of date while it is read. */
const REFRESH_MS = 250;

/** What belongs to a clip: where it plays, how its reading goes, its timeline, and files to save. */
export class ClipPanel {
  /** To stand under the clip. */
  readonly controls: HTMLElement;
  readonly root: HTMLElement;
  private readonly curves: ClipCurves;
  private readonly time = h("span", { class: "figures soft", id: "files-time" });
  private readonly playButton: HTMLButtonElement;
  private readonly pace = h("span", { class: "figures soft" });
  private readonly progress = h("progress", { max: 1 });
  private readonly reading: HTMLElement;
  private readonly again: HTMLButtonElement;
  private readonly saving: HTMLElement;
  private item: FileItem | null = null;
  private at_s = 0;
  private drawn_ms = 0;

  constructor(
    words: Words,
    private readonly own: FilesWords,
    private readonly told: Told,
  ) {
    this.curves = new ClipCurves(words, own, told);
    this.playButton = button("play", own.play, told.play, { id: "files-play" });
    this.again = button("play", own.again, told.again, { id: "files-again" });
    this.reading = this.makeReading();
    this.saving = this.makeSaving();
    this.controls = this.makeControls();
    this.root = this.makeCard();
  }

  close(): void {
    this.curves.close();
  }

  /** Another clip, or none. */
  open(item: FileItem | null): void {
    this.item = item;
    this.root.hidden = this.controls.hidden = !item;
    this.playing(false);
    this.drawn_ms = 0;
    this.curves.open(item);
    this.at(0);
    this.update();
  }

  /** More was read, or it is over. */
  update(): void {
    const { item } = this;
    if (!item) return;
    const { state } = item;
    const isReading = state.kind === "reading" || state.kind === "waiting";
    this.reading.hidden = !isReading;
    this.again.hidden = state.kind !== "stopped";
    this.saving.hidden = item.moments.length === 0 || isReading;
    if (isReading) this.showPace(item);
    if (isReading && performance.now() - this.drawn_ms < REFRESH_MS) return;
    this.redraw();
  }

  redraw(): void {
    this.drawn_ms = performance.now();
    this.curves.redraw();
    const state = this.item?.state;
    this.curves.until(state?.kind === "reading" ? (state.pace?.duration_s ?? 0) : 0);
    this.at(this.at_s);
  }

  at(time_s: number): void {
    this.at_s = time_s;
    this.curves.at(time_s);
    const { state, moments = [] } = this.item ?? {};
    const pace = state?.kind === "reading" ? state.pace : null;
    const end_s = Math.max(moments.at(-1)?.time_s ?? 0, pace?.duration_s ?? 0);
    this.time.textContent = `${clock(Math.floor(time_s))} / ${clock(Math.round(end_s))}`;
  }

  momentAt(time_s: number): ReadMoment | null {
    return this.curves.momentAt(time_s);
  }

  playing(isPlaying: boolean): void {
    const text = isPlaying ? this.own.pause : this.own.play;
    const fresh = button(isPlaying ? "pause" : "play", text, () => undefined);
    this.playButton.replaceChildren(...fresh.childNodes);
  }

  private showPace({ state }: FileItem): void {
    const pace = state.kind === "reading" ? state.pace : null;
    const text = state.kind === "waiting" ? this.own.waiting : this.own.reading;
    this.pace.textContent = pace ? paceText(pace, this.own) : text;
    this.progress.value = pace ? pace.done_s / Math.max(pace.duration_s, 0.001) : 0;
  }

  private makeControls(): HTMLElement {
    const place = h("div", { class: "tools" }, this.playButton, this.time);
    return h("div", { class: "files-controls", hidden: true }, place, this.reading);
  }

  private makeCard(): HTMLElement {
    const title = h("h3", {}, this.own.timeline);
    const top = h("div", { class: "files-clip-row" }, title, this.curves.choices);
    const under = h("div", { class: "files-clip-row" }, this.saving, this.again);
    const name = { class: "card files-clip", hidden: true };
    return h("section", name, top, this.curves.root, under);
  }

  private makeReading(): HTMLElement {
    this.progress.ariaLabel = this.own.reading;
    const stop = button("stop", this.own.stop, this.told.stop, { id: "files-stop" });
    const said = h("div", { class: "files-pace" }, this.pace, this.progress);
    return h("div", { class: "files-reading", hidden: true }, said, stop);
  }

  private makeSaving(): HTMLElement {
    const save = (text: string, how: (item: FileItem) => void) =>
      button("download", text, () => this.item && how(this.item), {
        id: `files-${text.toLowerCase()}`,
      });
    const { curves } = this;
    return h(
      "div",
      { class: "tools", role: "group", "aria-label": this.own.save },
      save("CSV", (item) => saveCsv([item.source()])),
      save("JSON", (item) => saveJson([item.source()])),
      save("PNG", ({ name }) => void savePng(curves.plot(), name)),
      save("SVG", ({ name }) => saveSvg(curves.plot(), name)),
    );
  }
}
