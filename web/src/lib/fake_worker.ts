import type { Running, ToWindow, ToWorker } from "../core/messages";

type Said<Kind extends ToWorker["kind"]> = Extract<ToWorker, { readonly kind: Kind }>;

/** A worker that tests answer for. */
export class FakeWorker {
  onmessage: ((event: { readonly data: ToWindow }) => void) | null = null;
  onmessageerror: (() => void) | null = null;
  onerror: ((event: object) => void) | null = null;
  isTerminated = false;
  answersPings = false;
  readonly heard: ToWorker[];

  constructor(...first: ToWorker[]) {
    this.heard = first;
  }

  postMessage(message: ToWorker): void {
    this.heard.push(message);
    if (message.kind !== "ping" || !this.answersPings) return;
    queueMicrotask(() => this.say({ kind: "pong", id: message.id }));
  }

  terminate(): void {
    this.isTerminated = true;
  }

  say(message: ToWindow): void {
    this.onmessage?.({ data: message });
  }

  /** As a browser tells it. */
  die(message = "out of memory"): void {
    this.onerror?.({ message, preventDefault: () => undefined });
  }

  run(name = "small"): void {
    this.say({ kind: "ready", running: running(name) });
  }

  all<Kind extends ToWorker["kind"]>(kind: Kind): Said<Kind>[] {
    return this.heard.filter((message): message is Said<Kind> => message.kind === kind);
  }
}

export function running(name: string): Running {
  const model = { name } as Running["model"];
  return { model, models: [name], heads: [], backend: "wasm", attempts: [] };
}

export const FACELESS = {
  ...{ width: 4, height: 3, faces: [] },
  stages: { detect_ms: 1, crop_ms: 0, classify_ms: 0, post_ms: 0, total_ms: 1 },
  ...{ looks: { whole: 1, near: 1 }, reused: 0, tensors: 9 },
};
