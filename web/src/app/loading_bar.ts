import type { ReaderState } from "../lib";
import { h } from "./dom";
import type { Context } from "./view";
import type { Words } from "./words";

/** How much of the model has come, by bytes; the page can be used meanwhile. */
export class LoadingBar {
  private readonly text = h("span", { class: "figures", id: "loading-text" });
  private readonly bar = h("progress", { max: 1 });
  readonly root = h("div", { class: "loading", id: "loading" }, this.text, this.bar);

  constructor(private readonly words: Words) {
    this.bar.ariaLabel = words.loading;
  }

  show(state: ReaderState, announce: Context["announce"]): void {
    this.root.hidden = state.kind !== "loading";
    if (state.kind !== "loading") return;
    const { loaded, total } = state;
    const done = total > 0 && loaded >= total;
    this.bar.value = total ? Math.min(1, loaded / total) : 0;
    this.text.textContent =
      total && !done
        ? `${this.words.loading} ${megabytes(loaded)} / ${megabytes(total)}`
        : this.words.starting;
    announce(this.words.loading, this.words.loading);
  }
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}
