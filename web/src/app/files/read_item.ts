import { type FaceReader, openClip, type Running, readClip } from "../../lib";
import type { FileItem } from "./file_item";
import { type Pace, paceOf } from "./pace";
import { paintThumbnail } from "./thumbnail";

/** As many as can be told apart on the screen. */
const FACES = 4;
/** Nobody reads faster. */
const TELL_MS = 100;

/** The model went away while a clip was read; it is to be read again. */
export class Interrupted extends Error {}

export async function readPicture(
  reader: FaceReader,
  item: FileItem,
  signal: AbortSignal,
): Promise<void> {
  item.addPicture(await reader.picture(item.file, signal));
}

/** Each frame as the net gives it, and followed over time as the camera's are. */
export async function readClipItem(
  reader: FaceReader,
  item: FileItem,
  signal: AbortSignal,
  onPace: (pace: Pace) => void,
): Promise<void> {
  const stream = reader.stream({ faces: FACES, own: true });
  const clip = await openClip(item.file, { signal });
  let begun_ms = 0;
  let told_ms = Number.NEGATIVE_INFINITY;
  const onProgress = (done_s: number, duration_s: number) => {
    const now_ms = performance.now();
    // Counted from the first frame's result: until then the decoder starts.
    begun_ms ||= now_ms;
    if (now_ms - told_ms < TELL_MS) return;
    told_ms = now_ms;
    onPace(paceOf(done_s, duration_s, (now_ms - begun_ms) / 1000));
  };
  const frame = async (picture: ImageBitmap, time_ms: number) => {
    if (item.thumbnail.hidden) paintThumbnail(item.thumbnail, picture);
    const result = await stream.frame(picture, time_ms);
    if (!result && !signal.aborted) throw new Interrupted();
    return result;
  };
  try {
    for await (const { time_s, result } of readClip({ frame }, clip, { signal, onProgress })) {
      item.addFrame(time_s, result);
    }
    item.finish();
  } finally {
    clip.close();
    stream.forget();
  }
}

/** Whether what was read is what this model would say. */
export function isRead(item: FileItem, { model }: Running): boolean {
  return item.running?.model.name === model.name && item.state.kind !== "waiting";
}
