/** As far as TypeScript's own declarations do not know it yet. */
interface Turned {
  readonly rotation?: number;
  readonly flip?: boolean;
}

/** What cameras and decoders give; anything else, the browser has converted already. */
const OWN_FORMATS: readonly (VideoPixelFormat | null)[] = ["I420", "NV12"];

/**
 * Takes what a video shows. In Chromium that is the camera's or decoder's own frame, whose colours the
 * worker converts; as a bitmap it would cost the window 2 ms. Firefox converts either way, and its
 * bitmaps are quicker.
 */
export class Capture {
  private givesOwn = "VideoFrame" in globalThis;

  constructor(private readonly video: HTMLVideoElement) {}

  /** Null where there is nothing to take. Whoever has the picture closes it. */
  async take(): Promise<ImageBitmap | VideoFrame | null> {
    return this.own() ?? createImageBitmap(this.video).catch(() => null);
  }

  private own(): VideoFrame | null {
    if (!this.givesOwn) return null;
    try {
      const frame = new VideoFrame(this.video);
      if (isAsShown(frame, this.video)) return frame;
      this.givesOwn = OWN_FORMATS.includes(frame.format);
      frame.close();
    } catch (error) {
      // Another origin's will not change, as a bitmap tells later; what is not there yet will come.
      this.givesOwn = (error as Error).name === "InvalidStateError";
    }
    return null;
  }
}

/** A bitmap is turned and stretched as the file says; of a frame it is not sure in every browser. */
function isAsShown(frame: VideoFrame & Turned, video: HTMLVideoElement): boolean {
  const { format, visibleRect, displayWidth, displayHeight, rotation = 0, flip = false } = frame;
  const isStretched = visibleRect?.width !== displayWidth || visibleRect.height !== displayHeight;
  const isPlain = rotation === 0 && !flip && !isStretched;
  const isWhole = displayWidth === video.videoWidth && displayHeight === video.videoHeight;
  return OWN_FORMATS.includes(format) && isPlain && isWhole;
}
