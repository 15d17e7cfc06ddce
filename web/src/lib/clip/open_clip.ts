import { Fault } from "../../core/fault";
import type { Clip, ClipFrame, ClipWay } from "./clip";
import { decodedFrames } from "./decoded_frames";
import type { FilmTrack } from "./film_track";
import { OpenedClip } from "./opened_clip";
import { PausedVideo } from "./paused_video";
import { soughtFrames } from "./sought_frames";
import { stopsAt, stopsThrough } from "./stops";

export interface ClipOptions {
  readonly signal?: AbortSignal;
  /** Only this way; without it, seeking is for what the decoder cannot do. */
  readonly how?: ClipWay;
}

/** Opens a film for reading frame by frame. Throws a `Fault` when this browser cannot read it. */
export async function openClip(file: Blob, options: ClipOptions = {}): Promise<Clip> {
  const { signal = new AbortController().signal, how } = options;
  signal.throwIfAborted();
  const track = await openTrack(file);
  try {
    signal.throwIfAborted();
    const decodes = how !== "seeking" && (await track?.canDecode());
    signal.throwIfAborted();
    if (track && decodes) return decodedClip(track);
    if (how === "decoder") throw new Fault("bad-clip", "no decoder");
    return soughtClip(await PausedVideo.open(file, signal), track);
  } catch (error) {
    track?.close();
    throw error;
  }
}

/** Null for a container that we cannot take apart: the browser may know it. */
async function openTrack(file: Blob): Promise<FilmTrack | null> {
  const { FilmTrack } = await loadFilmTrack();
  const track = await FilmTrack.open(file).catch(() => undefined);
  if (track === null) throw new Fault("no-video", "");
  return track ?? null;
}

/** Only who opens a clip needs it. */
async function loadFilmTrack() {
  try {
    return await import("./film_track");
  } catch {
    throw new Fault("missing-file", "film_track");
  }
}

function decodedClip(track: FilmTrack): Clip {
  const { width, height, duration_s } = track;
  return new OpenedClip({
    ...{ width, height, duration_s, how: "decoder" },
    read: (signal) => decodedFrames(track, signal),
    free: () => track.close(),
  });
}

function soughtClip(video: PausedVideo, track: FilmTrack | null): Clip {
  const duration_s = track?.duration_s ?? video.duration_s;
  async function* read(signal: AbortSignal): AsyncGenerator<ClipFrame, void, undefined> {
    const times_s = await track?.times_s(signal);
    const stops = times_s ? stopsAt(times_s, duration_s) : stopsThrough(duration_s);
    yield* soughtFrames(video, stops, signal);
  }
  const free = () => {
    track?.close();
    video.close();
  };
  const { width, height } = video;
  return new OpenedClip({ width, height, duration_s, how: "seeking", read, free });
}
