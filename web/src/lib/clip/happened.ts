import { Fault } from "../../core/fault";

/** A browser that says nothing for so long will not say anything any more. */
const LIMIT_MS = 20_000;

/** Until an event has come; a broken file, an abort and endless silence reject. */
export function happened(
  video: HTMLVideoElement,
  event: string,
  signal: AbortSignal,
): Promise<void> {
  const over = new AbortController();
  return new Promise<void>((resolve, reject) => {
    signal.throwIfAborted();
    const silent = () => reject(new Fault("bad-clip", `no ${event}`));
    const timer = setTimeout(silent, LIMIT_MS);
    over.signal.addEventListener("abort", () => clearTimeout(timer));
    const on = { signal: over.signal };
    video.addEventListener(event, () => resolve(), on);
    video.addEventListener("error", () => reject(broken(video)), on);
    signal.addEventListener("abort", () => reject(signal.reason), on);
  }).finally(() => over.abort());
}

function broken(video: HTMLVideoElement): Fault {
  return new Fault("bad-clip", video.error?.message ?? "");
}
