import type { FollowedSequence } from "./followed_sequence";
import { Smoother } from "./smooth";

/** Each head's probabilities, and what else the net's output was made into. */
type Answers = readonly number[][];

/** A sequence head at work, and which of the net's heads it follows. */
export interface HeadFollower {
  readonly place: number;
  readonly sequence: FollowedSequence;
}

/** What is kept of a face from one frame to the next. */
export class FollowedFace {
  private readonly smoother = new Smoother();
  private bytes = new Uint8Array(0);
  private said: Answers | null = null;

  constructor(private readonly head: HeadFollower | null = null) {}

  /** What the net said to these very bytes, if they were the last. */
  recall(bytes: Uint8Array): Answers | null {
    return this.said && isSame(bytes, this.bytes) ? this.said : null;
  }

  /** The bytes stay the caller's. */
  remember(bytes: Uint8Array, said: Answers): void {
    if (this.bytes.length !== bytes.length) this.bytes = new Uint8Array(bytes.length);
    this.bytes.set(bytes);
    this.said = said;
  }

  /** A constant of 0 gives the net's own answers; else a sequence head goes before plain smoothing. */
  async smooth(fresh: Answers, time_ms: number, constant_ms: number): Promise<number[][]> {
    const smooth = regroup(this.smoother.next(fresh.flat(), time_ms, constant_ms), fresh);
    const { head } = this;
    if (head && constant_ms > 0)
      smooth[head.place] = await head.sequence.next(fresh[head.place] as number[], time_ms);
    else head?.sequence.forget();
    return smooth;
  }
}

function isSame(one: Uint8Array, other: Uint8Array): boolean {
  if (one.length !== other.length) return false;
  for (let i = 0; i < one.length; i++) if (one[i] !== other[i]) return false;
  return true;
}

/** Cuts a flat list into pieces as long as those of `like`. */
function regroup(flat: readonly number[], like: Answers): number[][] {
  let start = 0;
  return like.map((piece) => {
    const own = flat.slice(start, start + piece.length);
    start += piece.length;
    return own;
  });
}
