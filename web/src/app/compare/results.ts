import { save } from "../ui/download";
import type { Context } from "../view";
import { comparedJson } from "./compared_json";
import { Duet } from "./duet";
import { lasting_s } from "./film";
import { PartsCard } from "./parts_card";
import type { Result } from "./result";
import { ScoreCard } from "./score_card";
import { verdictSentence } from "./sentences";
import { startsOf, TimeMap } from "./time_map";
import { TimelineCard } from "./timeline_card";
import type { CompareWords } from "./words";

interface Asked {
  /** Whether a score and all that belongs to it is shown. */
  readonly shown: (on: boolean) => void;
  readonly band: (band_s: number) => void;
  readonly head: (head: number) => void;
}

interface Players {
  readonly reference: HTMLVideoElement;
  readonly take: HTMLVideoElement;
}

/** All that is shown of a comparison, and both clips playing in step under it. */
export class Results {
  readonly score: ScoreCard;
  readonly timeline: TimelineCard;
  readonly parts: PartsCard;
  private readonly duet: Duet;
  private readonly rate_hz: number;
  private result: Result | null = null;
  private through: "offset" | "path" = "offset";
  private picked: string | null = null;

  constructor(
    private readonly context: Context,
    private readonly words: CompareWords,
    players: Players,
    private readonly asked: Asked,
    rates: { readonly band_s: number; readonly rate_hz: number },
  ) {
    this.rate_hz = rates.rate_hz;
    this.score = new ScoreCard(words, (second) => this.watch(second));
    this.timeline = new TimelineCard(words, context.words, {
      toggle: () => this.duet.toggle(),
      seek: (time_s) => this.duet.seek(this.begin_s + time_s),
      even: (on) => this.even(on),
    });
    const own = { pick: (label: string | null) => this.pick(label), download: () => this.save() };
    this.parts = new PartsCard(words, context.words, { ...asked, ...own }, rates.band_s);
    this.duet = new Duet(players.reference, players.take, {
      moved: (time_s) => this.timeline.at(time_s - this.begin_s),
      playing: (on) => this.timeline.play(on),
    });
    this.clear();
  }

  /** There is nothing to show; a problem is told where the score would be. */
  clear(problem = ""): void {
    this.stop();
    this.result = null;
    this.score.clear(problem);
    this.showDetails(false);
    this.timeline.close();
    if (problem) this.context.announce(problem, problem);
  }

  show(result: Result): void {
    const { labels } = result.curves.reference;
    this.result = result;
    if (this.picked && !labels.includes(this.picked)) this.picked = null;
    this.score.show(result);
    this.showDetails(true);
    this.draw();
    const points = this.words.points(String(Math.round(result.score.score)));
    const verdict = verdictSentence(result.score, this.words, result.head);
    this.context.announce(`${points}. ${verdict}`);
  }

  /** The details give way to the camera, and come back. */
  showDetails(wanted: boolean): void {
    const seen = wanted && this.result !== null;
    this.asked.shown(seen);
    this.timeline.root.hidden = !seen;
    this.parts.root.hidden = !seen;
  }

  stop(): void {
    this.duet.stop();
  }

  /** Where the reference's first frame is, on its own clock. */
  private get begin_s(): number {
    return this.result?.curves.reference.times_s[0] ?? 0;
  }

  private watch(second: number): void {
    this.duet.stop();
    this.duet.seek(this.begin_s + second);
    this.duet.toggle();
  }

  private even(on: boolean): void {
    this.through = on ? "path" : "offset";
    this.draw();
  }

  private pick(label: string | null): void {
    this.picked = label;
    this.draw();
  }

  private draw(): void {
    if (!this.result) return;
    const { curves, score } = this.result;
    const starts = startsOf(curves.reference, curves.take);
    const map = new TimeMap(score, starts, this.rate_hz, this.through);
    this.timeline.show(this.result, map, this.picked);
    this.parts.show(this.result, this.picked);
    const stretch = (from_s: number, whole_s: number) => ({ from_s, to_s: from_s + whole_s });
    this.duet.set(
      map,
      stretch(starts.reference_s, lasting_s(curves.reference)),
      stretch(starts.take_s, lasting_s(curves.take)),
    );
  }

  private save(): void {
    if (!this.result) return;
    const text = comparedJson(this.result);
    const { reference, take } = this.result;
    save(new Blob([text], { type: "application/json" }), `${reference.name} - ${take.name}.json`);
  }
}
