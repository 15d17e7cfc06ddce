import type { Graph } from "./backend";
import type { Sequence } from "./contract";

/** One face's way through a sequence head: `train/sequence/follow.py` is the same arithmetic. */
export class FollowedSequence {
  /** The net's answer, the gap before it, and the states. */
  private readonly row: Float32Array;
  private readonly shape: readonly number[];
  private last_ms = Number.NaN;

  constructor(
    private readonly graph: Graph,
    private readonly head: Sequence,
  ) {
    const width = sequenceWidth(head);
    this.row = new Float32Array(width);
    this.shape = [1, width];
  }

  /** The head's answer to the net's own. */
  async next(said: readonly number[], time_ms: number): Promise<number[]> {
    const { row } = this;
    const gap_s = (time_ms - this.last_ms) / 1000;
    this.last_ms = time_ms;
    const isKnown = gap_s >= 0 && gap_s <= this.head.longest_gap_s;
    if (!isKnown) row.fill(0);
    row.set(said);
    row[said.length] = isKnown ? gap_s : 0;
    const { values } = await this.graph.run(row, this.shape);
    row.set(values, said.length + 1);
    return Array.from(values.subarray(0, said.length));
  }

  /** The next answer is a new face's. */
  forget(): void {
    this.last_ms = Number.NaN;
  }
}

/** Columns of a head's row: the answer, which is its first state as well, the gap, the states. */
export function sequenceWidth({ states }: Sequence): number {
  const sizes = states.map(({ shape }) => shape.reduce((product, size) => product * size, 1));
  return sizes.reduce((sum, size) => sum + size, (sizes[0] ?? 0) + 1);
}
