import type { ReaderState } from "../lib";
import { h } from "./dom";
import type { Context } from "./view";
import type { Words } from "./words";

/** Nobody reads faster, and each time the page is laid out and painted while a model wants to start. */
const REDRAW_MS = 100;

type Loading = Pick<Extract<ReaderState, { readonly kind: "loading" }>, "loaded" | "total">;

/** How much of the model has come, by bytes; the page can be used meanwhile. */
export class LoadingBar {
  private readonly text = h("span", { class: "figures", id: "loading-text" });
  private readonly bar = h("progress", { max: 1 });
  readonly root = h("div", { class: "loading", id: "loading" }, this.text, this.bar);

  private newest: Loading = { loaded: 0, total: 0 };
  private waiting = 0;

  constructor(private readonly words: Words) {
    this.write();
    this.bar.ariaLabel = words.loading;
  }

  show(state: ReaderState, announce: Context["announce"]): void {
    this.root.hidden = state.kind !== "loading";
    if (state.kind !== "loading") {
      clearTimeout(this.waiting);
      this.waiting = 0;
      return;
    }
    this.newest = state;
    this.waiting ||= window.setTimeout(() => this.write(), REDRAW_MS);
    announce(this.words.loading, this.words.loading);
  }

  private write(): void {
    this.waiting = 0;
    const { loaded, total } = this.newest;
    const done = total > 0 && loaded >= total;
    this.bar.value = total ? Math.min(1, loaded / total) : 0;
    this.text.textContent =
      total && !done
        ? `${this.words.loading} ${megabytes(loaded)} / ${megabytes(total)}`
        : this.words.starting;
  }
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}
