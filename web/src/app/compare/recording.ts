import { Fault } from "../../lib";

/** Every browser records one of these; VP8 costs an old machine least. */
const KINDS = ["video/webm;codecs=vp8", "video/webm", "video/mp4"];
const BITS_PER_S = 5_000_000;

/** A camera's film while it is made. */
export class Recording {
  private readonly pieces: Blob[] = [];
  private readonly ended: Promise<void>;

  private constructor(
    private readonly recorder: MediaRecorder,
    /** When it began, on the page's clock. */
    readonly begun_ms: number,
  ) {
    recorder.addEventListener("dataavailable", ({ data }) => this.pieces.push(data));
    this.ended = happened(recorder, "stop");
  }

  static async start(stream: MediaStream): Promise<Recording> {
    const mimeType = KINDS.find((kind) => MediaRecorder.isTypeSupported(kind));
    try {
      const recorder = new MediaRecorder(stream, {
        videoBitsPerSecond: BITS_PER_S,
        ...(mimeType && { mimeType }),
      });
      const begun = happened(recorder, "start");
      recorder.start();
      await begun;
      return new Recording(recorder, performance.now());
    } catch (error) {
      throw new Fault("camera-failed", error instanceof Error ? error.name : "");
    }
  }

  /** The film, once it is complete. */
  async stop(): Promise<Blob> {
    if (this.recorder.state !== "inactive") this.recorder.stop();
    await this.ended;
    return new Blob(this.pieces, { type: this.recorder.mimeType.split(";")[0] ?? "" });
  }

  /** Nobody wants it any more. */
  drop(): void {
    if (this.recorder.state !== "inactive") this.recorder.stop();
    this.pieces.length = 0;
  }
}

function happened(recorder: MediaRecorder, event: "start" | "stop"): Promise<void> {
  return new Promise((resolve, reject) => {
    recorder.addEventListener(event, () => resolve(), { once: true });
    if (event === "start") {
      recorder.addEventListener("error", () => reject(new Error("recorder")), { once: true });
    }
  });
}
