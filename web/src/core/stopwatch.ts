import type { Stages } from "./messages";

type Stage = Exclude<keyof Stages, "total_ms">;

/** Tells how long each stage took; together they are the whole time. */
export class Stopwatch {
  private readonly start_ms = performance.now();
  private last_ms = this.start_ms;
  private readonly spent_ms = { detect_ms: 0, crop_ms: 0, classify_ms: 0, post_ms: 0 };

  /** The time since the last lap was this stage's. */
  lap(stage: Stage): void {
    const now_ms = performance.now();
    this.spent_ms[stage] += now_ms - this.last_ms;
    this.last_ms = now_ms;
  }

  /** Up to the last lap. */
  get stages(): Stages {
    return { ...this.spent_ms, total_ms: this.last_ms - this.start_ms };
  }
}
