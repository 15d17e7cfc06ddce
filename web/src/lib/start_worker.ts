import type { ToWorker } from "../core/messages";
import workerUrl from "../core/worker?worker&url";
import { trustedScript } from "./trusted";

/**
 * A worker that begins with a message: it finds that in its own name, for one that is posted waits
 * until this thread has nothing else to do.
 *
 * A worker made from a blob is bound by the page's `<meta>` policy and may come from another folder
 * than the page; one from a URL is not, and may not.
 */
export function startWorker(first: ToWorker): Worker {
  const address = new URL(workerUrl, import.meta.url).href;
  const source = new Blob([`import ${JSON.stringify(address)};`], { type: "text/javascript" });
  const url = URL.createObjectURL(source);
  const worker = new Worker(trustedScript(url), { type: "module", name: JSON.stringify(first) });
  worker.addEventListener("message", () => URL.revokeObjectURL(url), { once: true });
  return worker;
}
