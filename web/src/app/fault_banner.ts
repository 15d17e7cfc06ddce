import { Fault } from "../lib";
import { h } from "./dom";
import type { Words } from "./words";

/** Says what went wrong and what to do about it. */
export class FaultBanner {
  private readonly text = h("p", { id: "fault-text" });
  private readonly detail = h("code", { id: "fault-detail" });
  private readonly again: HTMLButtonElement;
  private retry: (() => void) | null = null;
  readonly root: HTMLElement;

  /** `closed` is called when the visitor has dealt with it: its buttons are gone, and the focus. */
  constructor(
    private readonly words: Words,
    private readonly closed: () => void,
  ) {
    const again = () => this.press(this.retry);
    this.again = h("button", { type: "button", id: "again", onclick: again }, words.again);
    const close = h(
      "button",
      { type: "button", class: "quiet", onclick: () => this.press(null) },
      words.close,
    );
    const said = h("div", {}, this.text, this.detail);
    this.root = h("div", { class: "fault", id: "fault", role: "alert" }, said, this.again, close);
    this.hide();
  }

  /** With `retry` it offers to try again. */
  show(error: unknown, retry: (() => void) | null): void {
    const fault = error instanceof Fault ? error : new Fault("internal", String(error));
    this.text.textContent = this.words.faults[fault.code];
    this.detail.textContent = fault.detail;
    this.retry = retry;
    this.again.hidden = !retry;
    this.root.hidden = false;
  }

  hide(): void {
    this.root.hidden = true;
  }

  private press(act: (() => void) | null): void {
    this.hide();
    this.closed();
    act?.();
  }
}
