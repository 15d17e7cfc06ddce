import { candidates } from "./candidates";
import { prepareSimdBackend } from "./kernels/simd_backend";
import type { ToWindow, ToWorker } from "./messages";
import { openBackend } from "./open_backend";
import { Session } from "./session";

interface WorkerScope {
  /** The first message, as JSON. */
  readonly name: string;
  postMessage(message: ToWindow): void;
  onmessage: ((event: MessageEvent<ToWorker>) => void) | null;
}

const scope = self as unknown as WorkerScope;
const post = (message: ToWindow) => scope.postMessage(message);
const session = new Session({ post, open: openBackend, candidates });

scope.onmessage = ({ data }) => void session.hear(data);
void session.hear(JSON.parse(scope.name));
// While the first files are on their way.
queueMicrotask(prepareSimdBackend);
