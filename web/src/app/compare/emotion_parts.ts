import type { EmotionPart } from "../../score";
import { h } from "../dom";
import { labelName } from "../names";
import { colourName } from "../ui/colours";
import type { Words } from "../words";
import { percent } from "./sentences";
import type { CompareWords } from "./words";

/** The score of each emotion and its share of the whole; one can be picked out. */
export class EmotionParts {
  readonly root = h("div", { class: "compare-emotions" });

  constructor(
    private readonly words: CompareWords,
    private readonly shared: Words,
    private readonly pick: (label: string | null) => void,
  ) {}

  /** The largest share first. */
  show(parts: readonly EmotionPart[], head: string, picked: string | null): void {
    const rows = parts.map((part, i) => this.row(part, i, head, picked));
    const order = parts.map((_, i) => i).sort((a, b) => share(parts, b) - share(parts, a));
    const held = [...this.root.children].indexOf(document.activeElement as Element);
    this.root.replaceChildren(...order.map((i) => rows[i] as HTMLElement));
    if (held >= 0) (this.root.children[held] as HTMLElement | undefined)?.focus();
  }

  private row(
    { label, score, share }: EmotionPart,
    index: number,
    head: string,
    picked: string | null,
  ): HTMLElement {
    const isPicked = label === picked;
    const { points, shareOfAll } = this.words;
    const name = labelName(label, head, this.shared);
    const fill = h("span", { class: "compare-fill" });
    fill.style.setProperty("--part", percent(score / 100));
    fill.style.setProperty("--colour", `var(${colourName(label, index)})`);
    return h(
      "button",
      {
        type: "button",
        class: "compare-emotion",
        "aria-pressed": String(isPicked),
        "aria-description": `${points(String(Math.round(score)))}, ${shareOfAll(percent(share))}`,
        onclick: () => this.pick(isPicked ? null : label),
      },
      h("span", { class: "compare-name" }, name),
      h("span", { class: "compare-track", "aria-hidden": "true" }, fill),
      h("strong", { class: "figures" }, String(Math.round(score))),
      h("span", { class: "soft figures" }, percent(share)),
    );
  }
}

function share(parts: readonly EmotionPart[], index: number): number {
  return parts[index]?.share ?? 0;
}
