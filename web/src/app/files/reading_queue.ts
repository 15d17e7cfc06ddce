type Read<Item> = (item: Item, signal: AbortSignal) => Promise<void>;

/** Reads one item after the other; the one that was asked for last goes first. */
export class ReadingQueue<Item> {
  private waiting: Item[] = [];
  private current: { readonly item: Item; readonly stop: AbortController } | null = null;

  /** `read` deals with its own failures; it ends soon after its signal. */
  constructor(private readonly read: Read<Item>) {}

  /** At the end of the line. */
  add(item: Item): void {
    if (this.has(item)) return;
    this.waiting.push(item);
    void this.go();
  }

  /** To the head of the line, if it stands in it. */
  hurry(item: Item): void {
    if (!this.waiting.includes(item)) return;
    this.waiting = [item, ...this.waiting.filter((other) => other !== item)];
  }

  /** Whether it is read now or later. */
  drop(item: Item): void {
    this.waiting = this.waiting.filter((other) => other !== item);
    if (this.current?.item === item) this.current.stop.abort();
  }

  private has(item: Item): boolean {
    const isRead = this.current?.item === item && !this.current.stop.signal.aborted;
    return isRead || this.waiting.includes(item);
  }

  private async go(): Promise<void> {
    if (this.current) return;
    for (let item = this.waiting.shift(); item !== undefined; item = this.waiting.shift()) {
      const stop = new AbortController();
      this.current = { item, stop };
      await this.read(item, stop.signal);
    }
    this.current = null;
  }
}
