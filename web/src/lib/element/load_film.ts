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
  } else {
    // What comes from elsewhere can be read only if its server agrees.
    video.crossOrigin = "anonymous";
    video.src = film instanceof Blob ? URL.createObjectURL(film) : film;
  }
}

function empty(video: HTMLVideoElement): void {
  video.srcObject = null;
  if (video.src.startsWith("blob:")) URL.revokeObjectURL(video.src);
  video.removeAttribute("src");
  video.load();
}
