import { Fault } from "../lib";
import { h } from "./dom";
import type { Words } from "./words";

/** Says what went wrong and what to do about it. */
export class FaultBanner {
  private readonly text = h("p", { id: "fault-text" });
  private readonly detail = h("code", { id: "fault-detail" });
  private readonly again: HTMLButtonElement;
  readonly root: HTMLElement;

  constructor(
    private readonly words: Words,
    again: () => void,
  ) {
    this.again = h("button", { type: "button", id: "again", onclick: again }, words.again);
    const close = h(
      "button",
      { type: "button", class: "quiet", onclick: () => this.hide() },
      words.close,
    );
    const said = h("div", {}, this.text, this.detail);
    this.root = h("div", { class: "fault", id: "fault", role: "alert" }, said, this.again, close);
    this.hide();
  }

  show(error: unknown, canRetry: boolean): void {
    const fault = error instanceof Fault ? error : new Fault("internal", String(error));
    this.text.textContent = this.words.faults[fault.code];
    this.detail.textContent = fault.detail;
    this.again.hidden = !canRetry;
    this.root.hidden = false;
  }

  hide(): void {
    this.root.hidden = true;
  }

  /** What another try could mend has been mended. */
  mended(): void {
    if (!this.again.hidden) this.hide();
  }
}
