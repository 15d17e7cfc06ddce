import {
  BlobSource,
  EncodedPacketSink,
  Input,
  type InputVideoTrack,
  Logging,
  MATROSKA,
  MP4,
  QTFF,
  type VideoSample,
  WEBM,
} from "mediabunny";
import { pacedSamples } from "./paced_samples";

Logging.level = 0;

/** The video track of a file whose container we can take apart. */
export class FilmTrack {
  private constructor(
    private readonly input: Input,
    private readonly track: InputVideoTrack,
    readonly width: number,
    readonly height: number,
    readonly duration_s: number,
  ) {}

  /** Null when there is no video among the tracks; throws when the file cannot be taken apart. */
  static async open(file: Blob): Promise<FilmTrack | null> {
    const source = new BlobSource(file);
    const input = new Input({ formats: [MP4, QTFF, WEBM, MATROSKA], source });
    try {
      const track = await videoTrack(input);
      const opened = track && (await FilmTrack.of(input, track));
      if (!opened) input.dispose();
      return opened;
    } catch (error) {
      input.dispose();
      throw error;
    }
  }

  private static async of(input: Input, track: InputVideoTrack): Promise<FilmTrack> {
    const duration_s = (await track.getDurationFromMetadata()) ?? (await track.computeDuration());
    const [width, height] = [await track.getDisplayWidth(), await track.getDisplayHeight()];
    return new FilmTrack(input, track, width, height, duration_s);
  }

  canDecode(): Promise<boolean> {
    return this.track.canDecode();
  }

  /** Every frame that is shown, decoded, in order; whoever takes one closes it. */
  async *samples(signal: AbortSignal): AsyncGenerator<VideoSample, void, undefined> {
    for await (const sample of pacedSamples(this.track, signal)) {
      if (isShown(sample.timestamp)) yield sample;
      else sample.close();
    }
  }

  /** When each frame is shown, in order. */
  async times_s(signal: AbortSignal): Promise<number[]> {
    const times_s: number[] = [];
    const packets = new EncodedPacketSink(this.track).packets(undefined, undefined, {
      metadataOnly: true,
    });
    for await (const { timestamp } of packets) {
      signal.throwIfAborted();
      if (isShown(timestamp)) times_s.push(timestamp);
    }
    return times_s.sort((a, b) => a - b);
  }

  close(): void {
    this.input.dispose();
  }
}

async function videoTrack(input: Input): Promise<InputVideoTrack | null> {
  const tracks = await input.getTracks();
  // A file that was cut before its table of contents seems to have none at all.
  if (tracks.length === 0) throw new Error("no tracks");
  return input.getPrimaryVideoTrack();
}

/** Times that are a sum of others are not quite 0 where they should be. */
const ZERO_S = 1e-6;

/**
 * An edit list may put frames before the beginning, for later ones to be decoded from. Browsers and
 * FFmpeg show none of them, not even the last one's end.
 */
function isShown(time_s: number): boolean {
  return time_s > -ZERO_S;
}
