import { Fault } from "../../core/fault";

/** A stream, a file, or an address. */
export type Film = MediaStream | Blob | string;

/** Gives a video its film until the signal is aborted; `failed` hears what the browser cannot play. */
export function loadFilm(
  video: HTMLVideoElement,
  film: Film,
  signal: AbortSignal,
  failed: (fault: Fault) => void,
): void {
  const broken = () => failed(new Fault("bad-clip", video.error?.message ?? ""));
  const loaded = () => video.videoWidth || failed(new Fault("no-video", ""));
  video.addEventListener("error", broken, { signal });
  video.addEventListener("loadeddata", loaded, { signal });
  signal.addEventListener("abort", () => empty(video), { once: true });
  if (film instanceof MediaStream) {
    video.srcObject = film;
    return;
  }
  // What comes from elsewhere can be read only if its server agrees.
  video.crossOrigin = "anonymous";
  video.src = typeof film === "string" ? film : lent(film, signal);
}

/** An address of our own for a file; one that the page gave stays the page's. */
function lent(file: Blob, signal: AbortSignal): string {
  const url = URL.createObjectURL(file);
  signal.addEventListener("abort", () => URL.revokeObjectURL(url), { once: true });
  return url;
}

function empty(video: HTMLVideoElement): void {
  video.srcObject = null;
  video.removeAttribute("src");
  video.load();
}
