const RATE_SPAN_MS = 2000;
const LATENCY_SPAN_MS = 10_000;

interface Entry {
  readonly at_ms: number;
  readonly latency_ms: number;
}

/** How fast results come over the last two seconds, and how late over the last ten. */
export class Meter {
  private entries: Entry[] = [];

  add(at_ms: number, latency_ms: number): void {
    this.entries.push({ at_ms, latency_ms });
    while (at_ms - (this.entries[0]?.at_ms ?? at_ms) > LATENCY_SPAN_MS) this.entries.shift();
  }

  get perSecond(): number {
    const last = this.entries.at(-1);
    if (!last) return 0;
    const recent = this.entries.filter(({ at_ms }) => last.at_ms - at_ms <= RATE_SPAN_MS);
    const first = recent[0] as Entry;
    return first === last ? 0 : ((recent.length - 1) * 1000) / (last.at_ms - first.at_ms);
  }

  /** The latency that this share of the results stayed below; 0.5 is the median. */
  latency_ms(share: number): number {
    const sorted = this.entries.map(({ latency_ms }) => latency_ms).sort((a, b) => a - b);
    return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
  }

  reset(): void {
    this.entries = [];
  }
}
