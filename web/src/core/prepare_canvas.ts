import { FrameCanvas } from "./frame_canvas";

/** Draws a made frame, for a worker's first one takes Chromium 30 ms. */
export function prepareCanvas(): void {
  const [width, height] = [64, 48];
  try {
    const frame = new VideoFrame(new Uint8Array((width * height * 3) / 2), {
      format: "I420",
      codedWidth: width,
      codedHeight: height,
      timestamp: 0,
    });
    try {
      new FrameCanvas().lay(frame);
    } finally {
      frame.close();
    }
  } catch {
    // Frames come as bitmaps here.
  }
}
