import type { ClipFrame } from "./clip";
import type { FilmTrack } from "./film_track";

/** Every frame of a track, by the browser's decoder. */
export async function* decodedFrames(
  track: FilmTrack,
  signal: AbortSignal,
): AsyncGenerator<ClipFrame, void, undefined> {
  const { width, height } = track;
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext("2d", { alpha: false });
  if (!context) throw new Error("no 2D canvas is to be had here");
  for await (const sample of track.samples(signal)) {
    const time_s = sample.timestamp;
    try {
      sample.draw(context, 0, 0, width, height);
    } finally {
      sample.close();
    }
    yield { picture: canvas.transferToImageBitmap(), time_s };
  }
}
