import type { ToWindow, ToWorker } from "../core/messages";
import workerUrl from "../core/worker?worker&url";

/** The window's end of the worker. A worker that has told a fault is given up. */
export class Client {
  private worker: Worker | null = null;
  private frames = 0;

  constructor(private readonly tell: (message: ToWindow) => void) {}

  /** Loads the site's files; calling it again changes the model. */
  start(model: string | null): void {
    this.worker ??= this.open();
    this.post({ kind: "start", base: document.baseURI, model });
  }

  /** Hands a frame over; its answer carries the same number. */
  frame(picture: ImageBitmap, time_ms: number, still: boolean): number {
    const id = ++this.frames;
    this.post({ kind: "frame", id, picture, time_ms, still }, [picture]);
    return id;
  }

  reset(): void {
    this.post({ kind: "reset" });
  }

  private post(message: ToWorker, transfer: Transferable[] = []): void {
    this.worker?.postMessage(message, transfer);
  }

  private open(): Worker {
    const worker = startWorker();
    const heard = (message: ToWindow) => {
      if (worker === this.worker) this.heard(message);
    };
    const broken = (detail: string) => heard({ kind: "fault", code: "internal", detail });
    worker.onmessage = ({ data }: MessageEvent<ToWindow>) => heard(data);
    worker.onmessageerror = () => broken("worker: unreadable message");
    worker.onerror = ({ message }) => broken(message || "worker");
    return worker;
  }

  private heard(message: ToWindow): void {
    if (message.kind === "fault") {
      this.worker?.terminate();
      this.worker = null;
    }
    this.tell(message);
  }
}

/** A worker made from a blob is bound by the page's `<meta>` policy; one from a URL is not. */
function startWorker(): Worker {
  const address = new URL(workerUrl, document.baseURI).href;
  const source = new Blob([`import ${JSON.stringify(address)};`], { type: "text/javascript" });
  const url = URL.createObjectURL(source);
  const worker = new Worker(url, { type: "module" });
  worker.addEventListener("message", () => URL.revokeObjectURL(url), { once: true });
  return worker;
}
