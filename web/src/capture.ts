import { Gate } from "./gate";

/** Sends a video's frames, one in flight, each as a bitmap that the receiver owns. */
export class Capture {
  private readonly gate = new Gate();
  private handle = 0;
  private presented = 0;
  private running = false;

  constructor(
    private readonly video: HTMLVideoElement,
    private readonly send: (picture: ImageBitmap, time_ms: number) => void,
  ) {}

  get drops(): number {
    return this.gate.drops;
  }

  start(): void {
    this.stop();
    this.running = true;
    this.presented = 0;
    this.gate.reset();
    this.request();
  }

  stop(): void {
    this.running = false;
    this.video.cancelVideoFrameCallback(this.handle);
  }

  /** The frame in flight has come back. */
  done(): void {
    if (this.gate.leave() && this.running) void this.grab();
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
    const picture = await createImageBitmap(this.video).catch(() => null);
    if (picture && this.running) return this.send(picture, performance.now());
    picture?.close();
    this.done();
  }
}
