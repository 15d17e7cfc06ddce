export interface Shown {
  /** When it came to the screen, on the page's clock. */
  readonly time_ms: number;
  /** Its place in the clip. */
  readonly media_s: number;
  /** How many were shown since the one that was handed out before it. */
  readonly missed: number;
}

/** The frames that a video shows, the newest only. */
export class Presented {
  private newest: Shown | null = null;
  /** By the browser's own count. */
  private last = 0;
  private hasBegun = false;
  private handle: number;
  private wake: () => void = () => undefined;

  constructor(private readonly video: HTMLVideoElement) {
    this.handle = this.request();
  }

  /** The newest frame that was not handed out yet, once there is one. */
  async next(): Promise<Shown> {
    for (;;) {
      const { newest } = this;
      this.newest = null;
      this.hasBegun ||= newest !== null;
      if (newest) return newest;
      await new Promise<void>((resolve) => {
        this.wake = resolve;
      });
    }
  }

  /** No further frame is looked at. */
  stop(): void {
    this.video.cancelVideoFrameCallback(this.handle);
  }

  private request(): number {
    return this.video.requestVideoFrameCallback((_now, frame) => {
      this.handle = this.request();
      this.newest = {
        time_ms: frame.presentationTime,
        media_s: frame.mediaTime,
        missed: this.missed(frame.presentedFrames),
      };
      this.last = frame.presentedFrames;
      this.wake();
    });
  }

  private missed(count: number): number {
    if (!this.hasBegun) return 0;
    // A video counts anew when it is given another clip.
    const unseen = Math.max(0, count - this.last - 1);
    return unseen + (this.newest ? this.newest.missed + 1 : 0);
  }
}
