export interface Shown {
  /** How many frames the video has shown so far. */
  readonly count: number;
  /** When this one came to the screen, on the page's clock. */
  readonly time_ms: number;
  /** Its place in the clip. */
  readonly media_s: number;
}

/** The frames that a video shows, the newest only. */
export class Presented {
  private last: Shown | null = null;
  private handle: number;
  private wake: () => void = () => undefined;

  constructor(
    private readonly video: HTMLVideoElement,
    private readonly signal: AbortSignal,
  ) {
    this.handle = this.request();
    signal.addEventListener("abort", () => this.stop(), { once: true });
  }

  /** The newest frame after the one of that count; null once aborted. */
  async after(count: number): Promise<Shown | null> {
    while (!this.signal.aborted && (this.last?.count ?? 0) <= count) {
      await new Promise<void>((resolve) => {
        this.wake = resolve;
      });
    }
    return this.signal.aborted ? null : this.last;
  }

  private request(): number {
    return this.video.requestVideoFrameCallback((_now, frame) => {
      this.last = {
        count: frame.presentedFrames,
        time_ms: frame.presentationTime,
        media_s: frame.mediaTime,
      };
      this.handle = this.request();
      this.wake();
    });
  }

  private stop(): void {
    this.video.cancelVideoFrameCallback(this.handle);
    this.wake();
  }
}
