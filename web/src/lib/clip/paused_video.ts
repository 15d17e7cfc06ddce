import { Fault } from "../../core/fault";
import { happened } from "./happened";
import { visible } from "./visible";

/** So long after a seek, a browser that has not shown a picture shows the one from before. */
const SAME_MS = 300;
/** Beyond the end of any clip. */
const FAR_S = 1e6;

/** A `<video>` that is on no page and moves from frame to frame. */
export class PausedVideo {
  /** Of the frame that is shown. */
  private time_s = 0;
  private firstTime_s = 0;

  private constructor(private readonly video: HTMLVideoElement) {}

  static async open(file: Blob, signal: AbortSignal): Promise<PausedVideo> {
    const video = new PausedVideo(document.createElement("video"));
    try {
      await video.load(file, signal);
      return video;
    } catch (error) {
      video.close();
      throw error;
    }
  }

  get width(): number {
    return this.video.videoWidth;
  }

  get height(): number {
    return this.video.videoHeight;
  }

  get duration_s(): number {
    return this.video.duration;
  }

  /** When the first frame is shown. */
  get first_s(): number {
    return this.firstTime_s;
  }

  /** Moves to a moment, and tells when the frame that is shown there begins. */
  async show(at_s: number, signal: AbortSignal): Promise<number> {
    await this.after("seeked", signal, () => {
      this.video.currentTime = at_s;
    });
    return this.time_s;
  }

  picture(): Promise<ImageBitmap> {
    return createImageBitmap(this.video);
  }

  close(): void {
    URL.revokeObjectURL(this.video.src);
    this.video.removeAttribute("src");
    this.video.load();
  }

  private async load(file: Blob, signal: AbortSignal): Promise<void> {
    const { video } = this;
    video.muted = true;
    video.playsInline = true;
    video.preload = "auto";
    await this.after("loadeddata", signal, () => {
      video.src = URL.createObjectURL(file);
    });
    this.firstTime_s = this.time_s;
    if (video.videoWidth === 0) throw new Fault("no-video", "");
    // What a browser recorded does not say how long it is, until one has been there.
    if (!Number.isFinite(video.duration)) await this.show(FAR_S, signal);
  }

  /**
   * Until an event has come and the picture that belongs to it is shown: with the event alone, it may
   * be the one before still.
   */
  private async after(event: string, signal: AbortSignal, act: () => void): Promise<void> {
    await visible(signal);
    const happening = happened(this.video, event, signal);
    const shown = this.shown(happening);
    act();
    await happening;
    await shown;
  }

  private shown(happening: Promise<void>): Promise<void> {
    return new Promise((resolve) => {
      const handle = this.video.requestVideoFrameCallback((_now, { mediaTime }) => {
        this.time_s = mediaTime;
        resolve();
      });
      const giveUp = () => {
        this.video.cancelVideoFrameCallback(handle);
        resolve();
      };
      happening.then(() => setTimeout(giveUp, SAME_MS), giveUp);
    });
  }
}
