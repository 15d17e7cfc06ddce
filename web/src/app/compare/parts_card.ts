import "./parts.css";
import type { Running } from "../../lib";
import { h } from "../dom";
import { headName } from "../names";
import { button } from "../ui/button";
import { HeadChoice } from "../ui/head_choice";
import type { Words } from "../words";
import { EmotionParts } from "./emotion_parts";
import type { Result } from "./result";
import { isEmotion, seconds_s } from "./sentences";
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
  private readonly title = h("h3", { id: "compare-parts-title" });
  private readonly hint = h("p", { class: "soft compare-small" });
  private readonly heads: HeadChoice;
  private readonly choice: HTMLElement;
  private readonly forgiven = h("output", { class: "figures", for: "compare-band" });

  constructor(
    private readonly words: CompareWords,
    private readonly shared: Words,
    private readonly asked: Asked,
    band_s: number,
  ) {
    this.emotions = new EmotionParts(words, shared, asked.pick);
    const changed = () => asked.head(this.heads.index);
    this.heads = new HeadChoice(shared, "compare-head", changed, words.head);
    const name = h("span", {}, words.head);
    this.choice = h("label", { class: "compare-option" }, name, this.heads.root);
    this.root = h(
      "section",
      { class: "card compare-card compare-parts", "aria-labelledby": "compare-parts-title" },
      h("div", { class: "compare-head" }, this.title),
      h(
        "p",
        { class: "compare-columns soft compare-small", "aria-hidden": "true" },
        h("span", {}, words.score),
        h("span", {}, words.shareTitle),
      ),
      this.emotions.root,
      this.hint,
      this.choice,
      this.band(band_s),
      button("download", words.download, asked.download, { id: "compare-download" }),
    );
  }

  /** The heads of the model that runs; which of them is compared. */
  prepare(heads: Running["heads"]): number {
    this.heads.prepare(heads);
    this.choice.hidden = heads.length < 2;
    return this.heads.index;
  }

  show({ score, head }: Result, picked: string | null): void {
    const { perEmotion, perLabel, pickOut, pickOutLabel } = this.words;
    const plain = !isEmotion(head);
    this.title.textContent = plain ? perLabel(headName(head, this.shared)) : perEmotion;
    this.hint.textContent = plain ? pickOutLabel : pickOut;
    this.emotions.show(score.emotions, head, picked);
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
