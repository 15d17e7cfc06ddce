import {
  type EncodedPacket,
  EncodedPacketSink,
  type InputVideoTrack,
  type VideoSample,
  VideoSampleSink,
} from "mediabunny";
import { Bell } from "./bell";
import { untaggedColours } from "./untagged_colours";

/**
 * Decodes no further than needed for the next frame. mediabunny's own way to its samples keeps up to
 * 40 of them ready, which is 480 MB in 4K.
 */
export async function* pacedSamples(
  track: InputVideoTrack,
  signal: AbortSignal,
): AsyncGenerator<VideoSample, void, undefined> {
  const decoding = await Decoding.start(track, signal);
  try {
    for await (const packet of packetsOf(track)) {
      decoding.feed(packet);
      yield* decoding.takeUntilHungry();
    }
    yield* decoding.takeRest();
  } finally {
    decoding.close();
  }
}

async function* packetsOf(track: InputVideoTrack) {
  const sink = new EncodedPacketSink(track);
  const first = await sink.getFirstKeyPacket({ verifyKeyPackets: true });
  if (first) yield* sink.packets(first, undefined, { verifyKeyPackets: true });
}

/**
 * `VideoDecoder` with mediabunny's cures for what browsers get wrong (lost B-frames, frames out of
 * order, key frames that are not taken for such). It is not part of its public interface, so each
 * update of the package is to be looked at; the browser tests fail when it has gone.
 */
interface CuredDecoder {
  readonly decoder: VideoDecoder;
  readonly decoderConfig: VideoDecoderConfig;
  decode(packet: EncodedPacket): void;
  getDecodeQueueSize(): number;
  flush(): Promise<void>;
  close(): void;
}

interface WithDecoder {
  _createDecoder(
    onSample: (sample: VideoSample) => void,
    onError: (error: unknown) => void,
  ): Promise<CuredDecoder>;
}

class Decoding {
  private readonly ready: VideoSample[] = [];
  private readonly bell = new Bell();
  private failure: { readonly reason: unknown } | null = null;
  private closed = false;
  private decoder!: CuredDecoder;

  private constructor(private readonly signal: AbortSignal) {}

  static async start(track: InputVideoTrack, signal: AbortSignal): Promise<Decoding> {
    const colorSpace = untaggedColours(await track.getColorSpace(), await track.getCodedHeight());
    const decoding = new Decoding(signal);
    const sink = new VideoSampleSink(track) as unknown as WithDecoder;
    decoding.decoder = await sink._createDecoder(decoding.add, decoding.fail);
    const { decoder, decoderConfig } = decoding.decoder;
    decoder.addEventListener("dequeue", decoding.bell.ring);
    signal.addEventListener("abort", decoding.bell.ring);
    // mediabunny takes high definition's for any untagged film.
    if (colorSpace) decoder.configure({ ...decoderConfig, colorSpace });
    return decoding;
  }

  feed(packet: EncodedPacket): void {
    // Transparency tells nothing of a face.
    this.decoder.decode(packet.clone({ sideData: {} }));
  }

  /** Frames, until the decoder needs another packet for the next one. */
  async *takeUntilHungry(): AsyncGenerator<VideoSample, void, undefined> {
    yield* this.takeWhile(() => this.decoder.getDecodeQueueSize() > 0);
  }

  /** The frames that the decoder still keeps back. */
  async *takeRest(): AsyncGenerator<VideoSample, void, undefined> {
    let flushing = true;
    void this.decoder
      .flush()
      .catch(this.fail)
      .finally(() => {
        flushing = false;
        this.bell.ring();
      });
    yield* this.takeWhile(() => flushing);
  }

  close(): void {
    this.closed = true;
    this.signal.removeEventListener("abort", this.bell.ring);
    for (const sample of this.ready.splice(0)) sample.close();
    this.decoder.close();
  }

  private async *takeWhile(busy: () => boolean): AsyncGenerator<VideoSample, void, undefined> {
    for (;;) {
      this.signal.throwIfAborted();
      const sample = this.ready.shift();
      if (sample) yield sample;
      else if (this.failure) throw this.failure.reason;
      else if (busy()) await this.bell.wait();
      else return;
    }
  }

  private readonly add = (sample: VideoSample): void => {
    if (this.closed) sample.close();
    else this.ready.push(sample);
    this.bell.ring();
  };

  private readonly fail = (reason: unknown): void => {
    this.failure ??= { reason };
    this.bell.ring();
  };
}
