import "./score.css";
import { h } from "../dom";
import { button } from "../ui/button";
import { clock } from "../ui/clock";
import { doubtsOf } from "./doubts";
import { Gauge } from "./gauge";
import { History } from "./history";
import type { Result } from "./result";
import { doubtSentences, offsetSentence, percent, verdictSentence } from "./sentences";
import { DOUBTFUL, weakestSecond } from "./verdict";
import type { CompareWords } from "./words";

/** The score, large, with a sentence and with how sure it is. */
export class ScoreCard {
  readonly root: HTMLElement;
  readonly history: History;
  private readonly title: HTMLElement;
  private readonly gauge = new Gauge();
  private readonly number = h("strong", { id: "compare-score" });
  private readonly verdict = h("p", { class: "compare-verdict", id: "compare-verdict" });
  private readonly offset = h("p", { class: "soft" });
  private readonly weakness: HTMLButtonElement;
  private readonly certainty = h("span", { class: "figures", id: "compare-certainty" });
  private readonly meter = h("meter", { min: 0, max: 1, low: DOUBTFUL });
  private readonly doubts = h("ul", { class: "soft" });
  private readonly hint = h("div", { class: "compare-hint soft" });
  private readonly answer: HTMLElement;
  private readonly problem = h("p", { class: "compare-problem", role: "status" });
  private weakest = 0;

  /** `watch` is called with the second of the reference that lost most. */
  constructor(
    private readonly words: CompareWords,
    watch: (second: number) => void,
  ) {
    this.history = new History(words);
    this.title = h("h3", { id: "compare-score-title", tabindex: -1 }, words.score);
    const look = () => watch(this.weakest);
    this.weakness = button("play", "", look, { class: "quiet compare-weak" });
    this.meter.setAttribute("aria-label", words.certainty);
    this.answer = h("div", { class: "compare-answer" }, this.dial(), this.told());
    const range = h("p", {}, h("span", { class: "soft figures" }, words.range));
    const ghost = h(
      "div",
      { class: "compare-dial", "aria-hidden": "true" },
      new Gauge().root,
      range,
    );
    this.hint.append(ghost, h("p", {}, words.scoreHint), h("p", {}, words.notThis));
    this.root = h(
      "section",
      { class: "card compare-card compare-result", "aria-labelledby": "compare-score-title" },
      h(
        "div",
        { class: "compare-head" },
        h("span", { class: "compare-step", "aria-hidden": "true" }, "3"),
        this.title,
      ),
      this.hint,
      this.problem,
      this.answer,
    );
    this.clear();
  }

  /** Nothing has been compared, or not yet. */
  clear(problem = ""): void {
    this.problem.textContent = problem;
    this.problem.hidden = !problem;
    this.hint.hidden = Boolean(problem);
    this.answer.hidden = true;
  }

  show({ score, curves, head }: Result): void {
    const { words } = this;
    this.problem.hidden = true;
    this.hint.hidden = true;
    this.answer.hidden = false;
    this.answer.classList.toggle("doubtful", score.certainty < DOUBTFUL);
    this.number.textContent = String(Math.round(score.score));
    this.gauge.show(score.score / 100);
    this.verdict.textContent = verdictSentence(score, words, head);
    this.offset.textContent = offsetSentence(score, words);
    this.offset.hidden = !this.offset.textContent;
    this.showWeakest(weakestSecond(score));
    this.certainty.textContent = percent(score.certainty);
    this.meter.value = score.certainty;
    const both = [curves.reference, curves.take];
    const told = doubtSentences(doubtsOf(curves.reference, curves.take, score), both, words);
    this.doubts.replaceChildren(...told.map((sentence) => h("li", {}, sentence)));
  }

  /** The result comes into sight, for those who see it and for those who hear it. */
  focus(): void {
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    this.title.focus({ preventScroll: true });
    this.root.scrollIntoView({ block: "nearest", behavior: calm ? "auto" : "smooth" });
  }

  private dial(): HTMLElement {
    const { of100 } = this.words;
    const text = h("p", { class: "figures" }, this.number, h("span", { class: "soft" }, of100));
    const dial = h("div", { class: "compare-dial" }, text);
    dial.prepend(this.gauge.root);
    return dial;
  }

  private told(): HTMLElement {
    const sure = h(
      "div",
      { class: "compare-sure" },
      h("h4", {}, this.words.certainty),
      this.certainty,
      this.meter,
      this.doubts,
    );
    return h(
      "div",
      { class: "compare-told" },
      this.verdict,
      this.offset,
      this.weakness,
      sure,
      this.history.root,
    );
  }

  private showWeakest(second: number | null): void {
    this.weakness.hidden = second === null;
    this.weakest = second ?? 0;
    if (second === null) return;
    const text = this.weakness.lastElementChild as HTMLElement;
    text.textContent = this.words.weakest(clock(second), clock(second + 1));
  }
}
