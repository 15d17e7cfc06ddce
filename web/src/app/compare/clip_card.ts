import { h } from "../dom";
import { button } from "../ui/button";
import { Busy } from "./busy";
import { showClip, showNothing } from "./show_clip";
import type { CompareWords } from "./words";

export interface CardAsked {
  /** A clip was chosen. */
  readonly file: (file: File) => void;
  /** What is being done is wanted no more. */
  readonly cancel: () => void;
}

/** A numbered card with the place where a clip is seen. */
export class ClipCard {
  readonly root: HTMLElement;
  readonly video = h("video", { playsinline: true, hidden: true });
  /** Seen while there is no clip. */
  readonly empty = h("div", { class: "compare-empty" });
  readonly frame: HTMLElement;
  readonly tools = h("div", { class: "tools" });
  readonly busy: Busy;
  /** Resolves once the clip that was shown last can be sought. */
  shown: Promise<void> = Promise.resolve();
  private readonly input: HTMLInputElement;
  private readonly fact = h("span", { class: "compare-fact soft figures" });

  constructor(
    id: string,
    step: number,
    title: string,
    protected readonly words: CompareWords,
    asked: CardAsked,
  ) {
    this.video.setAttribute("aria-label", title);
    this.input = h("input", { type: "file", accept: "video/*", id: `${id}-file`, hidden: true });
    this.input.addEventListener("change", () => {
      const [file] = this.input.files ?? [];
      this.input.value = "";
      if (file) asked.file(file);
    });
    this.busy = new Busy(id, title, words.cancel, asked.cancel);
    this.frame = h("div", { class: "compare-frame" }, this.video, this.empty);
    const heading = h(
      "div",
      { class: "compare-head" },
      h("span", { class: "compare-step", "aria-hidden": "true" }, String(step)),
      h("h3", { id: `${id}-title`, tabindex: -1 }, title),
      this.fact,
    );
    this.root = h(
      "section",
      { class: "card compare-card", id, "aria-labelledby": `${id}-title` },
      heading,
      this.frame,
      this.busy.root,
      this.tools,
      this.input,
    );
  }

  /** A button that asks for a clip. */
  chooser(text: string, properties: Readonly<Record<string, string>> = {}): HTMLButtonElement {
    return button("clip", text, () => this.input.click(), properties);
  }

  /** Tells how far a work is, and leaves only the way out of it. */
  working(text: string, part: number | null = null): void {
    this.busy.show(text, part);
    this.tools.hidden = true;
  }

  /** Nothing is being done any more. */
  idle(): void {
    this.busy.hide();
    this.tools.hidden = this.video.hidden;
  }

  /** The clip stands at its beginning; null shows none. */
  show(clip: { readonly url: string; readonly name: string } | null): void {
    this.video.hidden = !clip;
    this.empty.hidden = Boolean(clip);
    this.fact.textContent = clip?.name ?? "";
    if (clip) this.shown = showClip(this.video, clip.url);
    else showNothing(this.video);
    this.tools.hidden = !clip;
  }
}
