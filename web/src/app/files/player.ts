/** Plays a clip and tells which of its moments is on the screen. */
export class Player {
  private url: string | null = null;
  private handle = 0;
  private wanted_s: number | null = null;

  constructor(
    private readonly video: HTMLVideoElement,
    private readonly told: {
      /** A frame has come to the screen. */
      readonly shown: (time_s: number) => void;
      readonly changed: (isPlaying: boolean) => void;
    },
  ) {
    video.addEventListener("play", () => told.changed(true));
    video.addEventListener("pause", () => told.changed(false));
    video.addEventListener("seeked", () => this.seekOn());
  }

  open(file: File): void {
    this.close();
    this.url = URL.createObjectURL(file);
    this.video.src = this.url;
    this.listen();
  }

  close(): void {
    this.video.cancelVideoFrameCallback(this.handle);
    this.video.pause();
    this.wanted_s = null;
    if (!this.url) return;
    URL.revokeObjectURL(this.url);
    this.url = null;
    this.video.removeAttribute("src");
    this.video.load();
  }

  toggle(): void {
    if (this.video.paused) this.video.play().catch(() => undefined);
    else this.video.pause();
  }

  /** Of many in a rush only the last is sought: browsers fall behind otherwise. */
  seek(time_s: number): void {
    if (this.video.seeking) this.wanted_s = time_s;
    else this.video.currentTime = time_s;
  }

  private seekOn(): void {
    const { wanted_s } = this;
    this.wanted_s = null;
    if (wanted_s !== null) this.video.currentTime = wanted_s;
    // While a video stands still, browsers do not tell of every frame.
    else if (this.url) this.told.shown(this.video.currentTime);
  }

  private listen(): void {
    this.handle = this.video.requestVideoFrameCallback((_now, { mediaTime }) => {
      // On the way to another place, what is still seen is no longer wanted.
      if (!this.video.seeking) this.told.shown(mediaTime);
      this.listen();
    });
  }
}
