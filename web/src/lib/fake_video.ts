/** A video that shows a frame when a test says so. */
export class FakeVideo {
  private waiting: VideoFrameRequestCallback | null = null;
  private handle = 0;
  private count = 0;

  requestVideoFrameCallback(callback: VideoFrameRequestCallback): number {
    this.waiting = callback;
    return ++this.handle;
  }

  cancelVideoFrameCallback(handle: number): void {
    if (handle === this.handle) this.waiting = null;
  }

  get isWatched(): boolean {
    return this.waiting !== null;
  }

  get element(): HTMLVideoElement {
    return this as unknown as HTMLVideoElement;
  }

  /** `passed` frames go by unseen before it. */
  show(media_s: number, passed = 0): void {
    this.count += passed + 1;
    const { waiting } = this;
    this.waiting = null;
    const time_ms = 1000 * media_s;
    const frame = { presentedFrames: this.count, presentationTime: time_ms, mediaTime: media_s };
    waiting?.(time_ms, frame as VideoFrameCallbackMetadata);
  }

  /** Another clip is counted from its own beginning. */
  change(): void {
    this.count = 0;
  }
}
