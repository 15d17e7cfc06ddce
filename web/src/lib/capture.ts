import { Gate } from "./gate";

/**
 * Sends a video's frames, one in flight, each as a bitmap that the receiver owns. `send` returns the
 * number that the frame's answer will carry.
 */
export class Capture {
  private readonly gate = new Gate();
  private handle = 0;
  private presented = 0;
  /** Counts starts and stops: what began before the last of them is no longer wanted. */
  private run = 0;
  private inFlight: number | null = null;

  constructor(
    private readonly video: HTMLVideoElement,
    private readonly send: (picture: ImageBitmap, time_ms: number) => number,
  ) {}

  get drops(): number {
    return this.gate.drops;
  }

  start(): void {
    this.stop();
    this.presented = 0;
    this.gate.reset();
    this.request();
  }

  stop(): void {
    this.run++;
    this.inFlight = null;
    this.video.cancelVideoFrameCallback(this.handle);
  }

  /** Frame `id` has been answered, or was `lost`. True when it is the one in flight. */
  done(id: number, lost = false): boolean {
    if (id !== this.inFlight) return false;
    this.next(lost);
    return true;
  }

  private next(lost: boolean): void {
    this.inFlight = null;
    if (this.gate.leave(lost)) void this.grab();
  }

  private request(): void {
    this.handle = this.video.requestVideoFrameCallback((_now, { presentedFrames }) => {
      const missed = this.presented ? Math.max(0, presentedFrames - this.presented - 1) : 0;
      this.presented = presentedFrames;
      this.request();
      if (this.gate.arrive(missed)) void this.grab();
    });
  }

  private async grab(): Promise<void> {
    const { run } = this;
    const picture = await createImageBitmap(this.video).catch(() => null);
    if (run !== this.run) picture?.close();
    else if (picture) this.inFlight = this.send(picture, performance.now());
    else this.next(true);
  }
}
