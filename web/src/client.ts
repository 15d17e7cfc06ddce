import type { ToWindow, ToWorker } from "./messages";
import workerUrl from "./worker?worker&url";

/** The window's end of the worker. */
export class Client {
  private readonly worker: Worker;
  private frames = 0;

  constructor(heard: (message: ToWindow) => void) {
    this.worker = startWorker();
    this.worker.onmessage = ({ data }: MessageEvent<ToWindow>) => heard(data);
    this.worker.onerror = ({ message }) =>
      heard({ kind: "fault", code: "internal", detail: message || "worker" });
  }

  /** Loads the site's files; calling it again changes the model. */
  start(model: string | null): void {
    this.post({ kind: "start", base: document.baseURI, model });
  }

  /** Hands a frame over; the result carries the same number. */
  frame(picture: ImageBitmap, time_ms: number, still: boolean): number {
    const id = ++this.frames;
    this.post({ kind: "frame", id, picture, time_ms, still }, [picture]);
    return id;
  }

  reset(): void {
    this.post({ kind: "reset" });
  }

  private post(message: ToWorker, transfer: Transferable[] = []): void {
    this.worker.postMessage(message, transfer);
  }
}

/** A worker made from a blob is bound by the page's `<meta>` policy; one from a URL is not. */
function startWorker(): Worker {
  const address = new URL(workerUrl, document.baseURI).href;
  const source = new Blob([`import ${JSON.stringify(address)};`], { type: "text/javascript" });
  const url = URL.createObjectURL(source);
  return new Worker(url, { type: "module" });
}
