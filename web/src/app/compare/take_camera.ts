import { type FaceReader, follow } from "../../lib";
import { cameraId, closeCamera, listCameras, openCamera } from "../live/camera";
import { countdown } from "./countdown";
import { orAborted } from "./or_aborted";
import { type Recorded, recordAlong } from "./record_along";
import type { TakeCard } from "./take_card";

const COUNT_FROM = 3;
const CLOCK_MS = 200;

interface Around {
  readonly reader: FaceReader;
  readonly card: TakeCard;
  readonly noFace: string;
  readonly waits: string;
  /** The camera went away by itself. */
  readonly lost: () => void;
}

/** The camera from its opening until a take is recorded. */
export class TakeCamera {
  private stream: MediaStream | null = null;
  private watching = new AbortController();

  constructor(private readonly around: Around) {}

  /** Opens a camera and shows it; a face in it is looked for. Another one is closed before. */
  async open(id: string | null, signal: AbortSignal): Promise<void> {
    const { card, waits, lost } = this.around;
    this.close();
    card.sees(waits);
    card.enter("opening");
    const stream = await opened(id, lost, signal);
    this.stream = stream;
    card.preview(stream);
    card.cameras(await listCameras(), cameraId(stream));
    signal.throwIfAborted();
    card.enter("camera");
    this.watching = new AbortController();
    void this.watch(this.watching.signal);
  }

  /** Counts down, then records; the camera is off afterwards. */
  async record(
    reference: HTMLVideoElement,
    length_s: number,
    done: AbortSignal,
    signal: AbortSignal,
  ): Promise<Recorded> {
    const { card } = this.around;
    const { stream } = this;
    if (!stream) throw signal.reason;
    this.watching.abort();
    reference.pause();
    reference.currentTime = 0;
    card.enter("counting");
    await countdown(COUNT_FROM, (left) => card.counting(left), signal);
    card.recorded(0, length_s);
    card.enter("recording");
    const stopClock = this.clock(length_s);
    try {
      const beside = card.beside.checked ? reference : null;
      return await recordAlong({ camera: stream, reference: beside, length_s, done, signal });
    } finally {
      stopClock();
      this.close();
    }
  }

  close(): void {
    this.watching.abort();
    if (this.stream) closeCamera(this.stream);
    this.stream = null;
  }

  private clock(length_s: number): () => void {
    const begun_ms = performance.now();
    const show = () => this.around.card.recorded((performance.now() - begun_ms) / 1000, length_s);
    const timer = setInterval(show, CLOCK_MS);
    return () => clearInterval(timer);
  }

  /** Tells whether the actor's face is in the picture, as long as nothing is recorded. */
  private async watch(signal: AbortSignal): Promise<void> {
    const { reader, card, noFace } = this.around;
    const stream = reader.stream({ faces: 1 });
    try {
      for await (const { result } of follow(stream, card.video, { signal })) {
        card.sees(result.faces.length ? null : noFace);
      }
    } catch {
      // Without a model there is nothing to be said of the face; recording goes on all the same.
      card.sees("");
    }
  }
}

/** Nobody can take back a browser's question; a camera that comes too late is turned off. */
async function opened(
  id: string | null,
  lost: () => void,
  signal: AbortSignal,
): Promise<MediaStream> {
  const opening = openCamera(id, lost);
  try {
    return await orAborted(opening, signal);
  } catch (error) {
    opening.then(closeCamera, () => undefined);
    throw error;
  }
}
