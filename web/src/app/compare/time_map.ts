import type { Curves, Pair, Score } from "../../score";

/** Where both clips begin, each on its own clock. */
export interface Starts {
  readonly reference_s: number;
  readonly take_s: number;
}

/** Which moment of the take belongs to a moment of the reference. */
export class TimeMap {
  /** How many samples later the take is, for each sample of the reference that is compared. */
  private readonly lags: readonly number[];
  private readonly first: number;

  /** Through the path the two meet wherever the take is early or late; else by the offset alone. */
  constructor(
    { path, offset_s }: Pick<Score, "path" | "offset_s">,
    private readonly starts: Starts,
    private readonly rate_hz: number,
    through: "offset" | "path",
  ) {
    this.first = path[0]?.[0] ?? 0;
    this.lags = through === "path" ? lagsOf(path) : [offset_s * rate_hz];
  }

  takeTime(reference_s: number): number {
    const sample = (reference_s - this.starts.reference_s) * this.rate_hz;
    return this.starts.take_s + (sample + this.lagAt(sample - this.first)) / this.rate_hz;
  }

  private lagAt(index: number): number {
    const last = this.lags.length - 1;
    const inside = Math.min(Math.max(index, 0), last);
    const left = Math.floor(inside);
    const [before, after] = [this.lags[left] ?? 0, this.lags[Math.min(left + 1, last)] ?? 0];
    return before + (after - before) * (inside - left);
  }
}

/** A sample that meets several of the take's meets their middle. */
function lagsOf(path: readonly Pair[]): number[] {
  const first = path[0]?.[0] ?? 0;
  const lags: number[] = [];
  let [sum, count] = [0, 0];
  for (const [at, [one, other]] of path.entries()) {
    sum += other - one;
    count++;
    if (path[at + 1]?.[0] === one) continue;
    lags[one - first] = sum / count;
    [sum, count] = [0, 0];
  }
  return lags;
}

/** Where both clips' first frames are. */
export function startsOf(reference: Curves, take: Curves): Starts {
  return { reference_s: reference.times_s[0] ?? 0, take_s: take.times_s[0] ?? 0 };
}
