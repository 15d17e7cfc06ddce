/** A film that is read frame by frame, whatever its real speed. */
export interface Clip {
  /** As shown: turned the way the file says, with square pixels. */
  readonly width: number;
  readonly height: number;
  readonly duration_s: number;
  readonly how: ClipWay;
  /**
   * Every frame once, in order. Ends with the signal's reason when that is aborted or the clip is
   * closed, and with a `Fault` when the file is damaged. One reader at a time.
   */
  frames(signal?: AbortSignal): AsyncGenerator<ClipFrame, void, undefined>;
  /** Ends all reading and gives everything back. */
  close(): void;
}

/** By the browser's decoder, or by moving a `<video>` from frame to frame. */
export type ClipWay = "decoder" | "seeking";

export interface ClipFrame {
  /** Whoever takes the frame closes it. */
  readonly picture: ImageBitmap;
  /** The file's own. */
  readonly time_s: number;
}
