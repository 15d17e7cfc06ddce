/** So long a remark has to hold until it is said; and so long whatever was said is left alone. */
const SETTLED_MS = 1500;

/** Tells a screen reader what happened, and what is to be seen once that has settled. */
export class Announcer {
  private text = "";
  /** Of the last remark, and of the last that was said. */
  private topic = "";
  private said = "";
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly say: (text: string) => void) {}

  /** Something happened: it is said at once, and a remark that waits goes on waiting. */
  tell(text: string): void {
    this.say(text);
    const waits = this.topic !== this.said;
    clearTimeout(this.timer);
    if (waits) this.wait();
  }

  /** Said when its topic has settled and is another than before; percents alone are no news. */
  remark(text: string, topic: string): void {
    this.text = text;
    if (topic === this.topic) return;
    this.topic = topic;
    clearTimeout(this.timer);
    if (topic !== this.said) this.wait();
  }

  /** What was remarked is to be seen no more. */
  hush(): void {
    clearTimeout(this.timer);
    this.topic = this.said = "";
  }

  private wait(): void {
    this.timer = setTimeout(() => {
      this.said = this.topic;
      this.say(this.text);
    }, SETTLED_MS);
  }
}
