import type { Face } from "../../lib";

export const SPAN_S = 30;
/** A longer time without the face is shown as a gap. */
const GAP_S = 0.5;

interface Entry {
  readonly time_s: number;
  /** Of each head. */
  readonly values: readonly (readonly number[])[];
}

interface Curves {
  readonly times_s: number[];
  readonly values: (number | null)[][];
}

/** What was said of each face over the last half minute. */
export class History {
  private readonly faces = new Map<number, Entry[]>();
  private now_s = 0;

  add(time_s: number, faces: readonly Face[]): void {
    this.now_s = time_s;
    for (const { id, heads } of faces) {
      const entries = this.faces.get(id) ?? [];
      this.faces.set(id, entries);
      entries.push({ time_s, values: heads.map(({ probabilities }) => probabilities) });
    }
    for (const [id, entries] of this.faces) this.forgetOld(id, entries);
  }

  /** Its times, and the values of each of a head's labels at them; null where it was out of sight. */
  curves(face: number, head: number, labels: number): Curves {
    const times_s: number[] = [];
    const values: (number | null)[][] = Array.from({ length: labels }, () => []);
    let before_s: number | null = null;
    for (const entry of this.faces.get(face) ?? []) {
      if (before_s !== null && entry.time_s - before_s > GAP_S) {
        times_s.push((before_s + entry.time_s) / 2);
        for (const row of values) row.push(null);
      }
      times_s.push(entry.time_s);
      values.forEach((row, i) => {
        row.push(entry.values[head]?.[i] ?? null);
      });
      before_s = entry.time_s;
    }
    return { times_s, values };
  }

  clear(): void {
    this.faces.clear();
  }

  private forgetOld(id: number, entries: Entry[]): void {
    const first = entries.findIndex(({ time_s }) => this.now_s - time_s <= SPAN_S);
    if (first < 0) this.faces.delete(id);
    else entries.splice(0, first);
  }
}
