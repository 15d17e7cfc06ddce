import type { ClipFrame } from "./clip";
import type { PausedVideo } from "./paused_video";
import type { Stop } from "./stops";

/** For one frame; where it is missing, the rest of the film may be, too. */
const TRIES = 8;
/** Browsers count in microseconds, Matroska in milliseconds. */
const CLOSE_S = 0.001;

/** Every frame that a paused video shows at these stops, each once. */
export async function* soughtFrames(
  video: PausedVideo,
  stops: Iterable<Stop>,
  signal: AbortSignal,
): AsyncGenerator<ClipFrame, void, undefined> {
  let last_s = Number.NEGATIVE_INFINITY;
  let late_s: number | null = null;
  let found = true;
  for (const stop of stops) {
    // Some browsers let a film begin at 0 whose first frame is earlier or later.
    late_s ??= stop.time_s === null ? 0 : video.first_s - stop.time_s;
    const tries = found ? TRIES : 1;
    const shown_s = (await stopAt(video, stop, { late_s, tries, signal })) - late_s;
    found = fits(stop, shown_s);
    if (shown_s <= last_s) continue;
    last_s = shown_s;
    const time_s = found ? (stop.time_s ?? shown_s) : shown_s;
    yield { picture: await video.picture(), time_s };
  }
}

interface Trying {
  /** How much later than the file's own the browser's times are. */
  readonly late_s: number;
  readonly tries: number;
  readonly signal: AbortSignal;
}

/**
 * The time of the frame that is shown in the end. A browser that takes frames for longer or shorter
 * than they are shows a neighbour at first: then it is asked for a later or an earlier moment.
 */
async function stopAt(video: PausedVideo, stop: Stop, { late_s, tries, signal }: Trying) {
  const wanted_s = (stop.time_s ?? 0) + late_s;
  let [early_s, far_s] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  let at_s = stop.at_s + late_s;
  let shown_s = 0;
  for (let count = 0; count < tries; count++) {
    shown_s = await video.show(at_s, signal);
    if (fits(stop, shown_s - late_s)) break;
    if (shown_s < wanted_s) early_s = at_s;
    else far_s = at_s;
    const between_s = (early_s + far_s) / 2;
    at_s = Number.isFinite(between_s) ? between_s : at_s + wanted_s - shown_s;
  }
  return shown_s;
}

function fits({ time_s }: Stop, shown_s: number): boolean {
  return time_s === null || Math.abs(shown_s - time_s) <= CLOSE_S;
}
