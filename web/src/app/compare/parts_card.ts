import "./parts.css";
import { h } from "../dom";
import { button } from "../ui/button";
import { headName, type Words } from "../words";
import { EmotionParts } from "./emotion_parts";
import type { Result } from "./result";
import { seconds_s } from "./sentences";
import type { CompareWords } from "./words";

const WIDEST_BAND_S = 1;
const BAND_STEP_S = 0.1;

interface Asked {
  readonly pick: (label: string | null) => void;
  readonly band: (band_s: number) => void;
  readonly head: (head: number) => void;
  readonly download: () => void;
}

/** The score emotion by emotion, and how it is found. */
export class PartsCard {
  readonly root: HTMLElement;
  private readonly emotions: EmotionParts;
  private readonly heads = h("select", { id: "compare-head" });
  private readonly choice: HTMLElement;
  private readonly forgiven = h("output", { class: "figures", for: "compare-band" });

  constructor(
    private readonly words: CompareWords,
    private readonly shared: Words,
    private readonly asked: Asked,
    band_s: number,
  ) {
    this.emotions = new EmotionParts(words, shared, asked.pick);
    this.choice = h("label", { class: "compare-option" }, h("span", {}, words.head), this.heads);
    this.heads.addEventListener("change", () => asked.head(this.heads.selectedIndex));
    this.root = h(
      "section",
      { class: "card compare-card compare-parts", "aria-labelledby": "compare-parts-title" },
      h("div", { class: "compare-head" }, h("h3", { id: "compare-parts-title" }, words.perEmotion)),
      h(
        "p",
        { class: "compare-columns soft compare-small", "aria-hidden": "true" },
        h("span", {}, words.score),
        h("span", {}, words.shareTitle),
      ),
      this.emotions.root,
      h("p", { class: "soft compare-small" }, words.pickOut),
      this.choice,
      this.band(band_s),
      button("download", words.download, asked.download, { id: "compare-download" }),
    );
  }

  /** The model's heads; with one there is nothing to choose. */
  choose(names: readonly string[], chosen: number): void {
    this.choice.hidden = names.length < 2;
    this.heads.replaceChildren(
      ...names.map((name, i) =>
        h("option", { selected: i === chosen }, headName(name, this.shared)),
      ),
    );
  }

  show({ score }: Result, picked: string | null): void {
    this.emotions.show(score.emotions, picked);
  }

  private band(band_s: number): HTMLElement {
    const input = h("input", {
      type: "range",
      id: "compare-band",
      min: 0,
      max: WIDEST_BAND_S,
      step: BAND_STEP_S,
      value: band_s,
      "aria-describedby": "compare-band-hint",
    });
    const tell = () => {
      const band_s = Number(input.value);
      this.forgiven.textContent = this.forgivenText(band_s);
      input.setAttribute("aria-valuetext", this.forgivenText(band_s));
    };
    input.addEventListener("input", () => {
      tell();
      this.asked.band(Number(input.value));
    });
    tell();
    const title = h("label", { for: "compare-band" }, this.words.band);
    const hint = h("p", { class: "soft compare-small", id: "compare-band-hint" });
    hint.textContent = this.words.bandHint;
    return h("div", { class: "compare-option" }, title, this.forgiven, input, hint);
  }

  private forgivenText(band_s: number): string {
    return band_s ? `± ${this.shared.seconds(seconds_s(band_s))}` : this.words.bandOff;
  }
}
