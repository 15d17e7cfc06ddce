const SPAN_MS = 2000;

/** How fast results come, and how long each took, over the last two seconds. */
export class Rate {
  private readonly entries: { readonly at_ms: number; readonly took_ms: number }[] = [];

  add(at_ms: number, took_ms: number): void {
    this.entries.push({ at_ms, took_ms });
    while (at_ms - (this.entries[0]?.at_ms ?? at_ms) > SPAN_MS) this.entries.shift();
  }

  get mean_ms(): number {
    const total = this.entries.reduce((sum, entry) => sum + entry.took_ms, 0);
    return this.entries.length ? total / this.entries.length : 0;
  }

  get perSecond(): number {
    const first = this.entries[0];
    const last = this.entries.at(-1);
    if (!first || !last || first === last) return 0;
    return ((this.entries.length - 1) * 1000) / (last.at_ms - first.at_ms);
  }

  reset(): void {
    this.entries.length = 0;
  }
}
