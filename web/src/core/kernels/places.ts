const ALIGN = 64;

interface Held {
  readonly from: number;
  readonly to: number;
}

/** Gives out places in a stretch of memory, and takes them back to give out again. */
export class Places {
  private readonly held = new Map<string, Held>();
  /** How much was ever in use at once. */
  bytes = 0;

  take(name: string, bytes: number): number {
    const taken = [...this.held.values()].sort((a, b) => a.from - b.from);
    let from = 0;
    for (const each of taken) {
      if (from + bytes <= each.from) break;
      from = Math.max(from, aligned(each.to));
    }
    this.held.set(name, { from, to: from + bytes });
    this.bytes = Math.max(this.bytes, aligned(from + bytes));
    return from;
  }

  give(name: string): void {
    this.held.delete(name);
  }

  /** What `name` held is another's from now on. */
  pass(name: string, to: string): void {
    const held = this.held.get(name);
    if (held) this.held.set(to, held);
    this.held.delete(name);
  }
}

export function aligned(bytes: number): number {
  return Math.ceil(bytes / ALIGN) * ALIGN;
}
