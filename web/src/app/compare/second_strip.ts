import type { SecondPart } from "../../score";
import { h } from "../dom";
import { percent, timingText } from "./sentences";
import type { CompareWords } from "./words";

/** As far beside its second's middle as a mark goes. */
const WIDEST_S = 0.5;
/** What nobody sees. */
const IN_TIME_S = 0.05;

/** One cell for each second: as full and as blue as its score, with a mark for early and late. */
export class SecondStrip {
  readonly root = h("div", { class: "compare-strip", "aria-hidden": "true" });
  private cells: readonly HTMLElement[] = [];
  private at = -1;

  /** `seek` is called with the second that was pressed. */
  constructor(
    private readonly words: CompareWords,
    seek: (second: number) => void,
  ) {
    this.root.addEventListener("click", ({ target }) => {
      const cell = (target as Element).closest<HTMLElement>(".compare-second");
      if (cell) seek(this.cells.indexOf(cell));
    });
  }

  show(parts: readonly SecondPart[], lasting_s: number): void {
    this.at = -1;
    this.cells = parts.map((part, second) => this.cell(part, Math.min(1, lasting_s - second)));
    this.root.replaceChildren(...this.cells);
  }

  mark(second: number): void {
    if (second === this.at) return;
    this.cells[this.at]?.classList.remove("here");
    this.cells[second]?.classList.add("here");
    this.at = second;
  }

  private cell({ score, late_s }: SecondPart, width: number): HTMLElement {
    const fill = h("span", { class: "compare-level" });
    const points = score === null ? "–" : String(Math.round(score));
    const track = h("span", { class: "compare-column" }, fill, h("span", {}, points));
    const mark = h("span", { class: "compare-mark" });
    const lag = h("span", { class: "compare-lag figures" }, mark, h("span", {}, signed(late_s)));
    const cell = h("span", { class: "compare-second figures" }, track, lag);
    cell.style.setProperty("--width", Math.max(0.02, width).toFixed(3));
    cell.style.setProperty("--score", percent((score ?? 0) / 100));
    cell.style.setProperty("--lag", String(lagShare(late_s)));
    cell.classList.toggle("none", score === null);
    cell.classList.toggle("shifted", Math.abs(late_s ?? 0) >= IN_TIME_S);
    cell.title = [points, timingText(late_s, this.words)].filter(Boolean).join(" · ");
    return cell;
  }
}

function signed(late_s: number | null): string {
  if (late_s === null || Math.abs(late_s) < IN_TIME_S) return "";
  return `${late_s > 0 ? "+" : "−"}${Math.abs(late_s).toFixed(1)}`;
}

function lagShare(late_s: number | null): number {
  return Math.max(-1, Math.min(1, (late_s ?? 0) / WIDEST_S));
}
