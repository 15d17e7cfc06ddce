import { h } from "../dom";
import { button } from "../ui/button";

/** A sentence on what is being done, how far it is, and a way out. */
export class Busy {
  readonly root: HTMLElement;
  private readonly text = h("p", { class: "figures" });
  private readonly bar: HTMLProgressElement;

  constructor(id: string, label: string, cancelText: string, cancel: () => void) {
    this.bar = h("progress", { max: 1, "aria-label": label });
    const stop = button("close", cancelText, cancel, { id: `${id}-cancel` });
    this.root = h("div", { class: "compare-busy" }, this.text, this.bar, stop);
    this.root.hidden = true;
  }

  /** Without a part nobody knows how long it takes. */
  show(text: string, part: number | null = null): void {
    this.root.hidden = false;
    if (this.text.textContent !== text) this.text.textContent = text;
    if (part === null) this.bar.removeAttribute("value");
    else this.bar.value = part;
  }

  hide(): void {
    this.root.hidden = true;
  }
}
