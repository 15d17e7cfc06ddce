import type { Following, FrameResult, Running } from "../core/messages";

/** What a stream needs of its reader. */
interface Reading {
  readonly ready: (signal?: AbortSignal) => Promise<Running>;
  readonly frame: (
    picture: ImageBitmap | VideoFrame,
    time_ms: number,
    following: Following,
  ) => Promise<FrameResult | null>;
  readonly forget: () => void;
}

/** One film: its faces are followed from frame to frame. */
export class FaceStream {
  constructor(
    private readonly reading: Reading,
    /** May be set at any time. */
    public following: Following,
  ) {}

  ready(signal?: AbortSignal): Promise<Running> {
    return this.reading.ready(signal);
  }

  /** Takes the picture over. Null where the frame was dropped, for nothing runs, or no longer. */
  frame(picture: ImageBitmap | VideoFrame, time_ms: number): Promise<FrameResult | null> {
    return this.reading.frame(picture, time_ms, this.following);
  }

  /** The next frame belongs to another scene; also to be called when the film is over. */
  forget(): void {
    this.reading.forget();
  }
}
