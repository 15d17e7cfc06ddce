const EVERY_MS = 1500;

/** Tells a screen reader of each change of mind: not of every percent, and never in a rush. */
export class Announcer {
  private topic = "";
  private last_ms = Number.NEGATIVE_INFINITY;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly say: (text: string) => void) {}

  /** `topic` is what has to change before anything is said again. */
  announce(text: string, topic: string): void {
    if (topic === this.topic) return;
    this.topic = topic;
    clearTimeout(this.timer);
    const wait_ms = Math.max(0, this.last_ms + EVERY_MS - performance.now());
    this.timer = setTimeout(() => {
      this.last_ms = performance.now();
      this.say(text);
    }, wait_ms);
  }
}
