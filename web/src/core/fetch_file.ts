import { joined } from "./joined";

/** How long to wait for a file, and how often to ask for it again. */
export interface Patience {
  /** Without a byte for so long, a try is given up. */
  readonly silence_ms: number;
  /** Before each further try. */
  readonly pauses_ms: readonly number[];
}

export const PATIENCE: Patience = { silence_ms: 20_000, pauses_ms: [1000, 3000] };

/** A file that did not come: the server's status, or "-" where there was no answer to the end. */
export class Unfetched extends Error {
  constructor(readonly status: string) {
    super(status);
  }
}

export interface Fetching {
  readonly cache: RequestCache;
  readonly signal: AbortSignal;
  readonly patience?: Patience;
  /** Hears how many bytes this try has brought so far: 0 when another one begins. */
  readonly count?: (bytes: number) => void;
}

/** A file's bytes. What a later try may mend is tried again; what the server denies is not. */
export async function fetchFile(url: URL, fetching: Fetching): Promise<ArrayBuffer> {
  const { signal, patience = PATIENCE } = fetching;
  for (let tries = 0; ; tries++) {
    try {
      return await fetchOnce(url, fetching, patience.silence_ms);
    } catch (error) {
      const pause_ms = patience.pauses_ms[tries];
      if (pause_ms === undefined || signal.aborted || !mayPass(error)) throw error;
      await pause(pause_ms, signal);
      if (signal.aborted) throw error;
    }
  }
}

function mayPass(error: unknown): boolean {
  return error instanceof Unfetched && (error.status === "-" || Number(error.status) >= 500);
}

async function fetchOnce(url: URL, fetching: Fetching, silence_ms: number): Promise<ArrayBuffer> {
  const { cache, signal, count = () => undefined } = fetching;
  const watch = new Watch(signal, silence_ms);
  count(0);
  try {
    const response = await fetch(url, { cache, signal: watch.signal });
    if (!response.ok || !response.body) throw new Unfetched(String(response.status));
    return await readAll(response.body, (bytes) => {
      watch.heard();
      count(bytes);
    });
  } catch (error) {
    throw error instanceof Unfetched ? error : new Unfetched("-");
  } finally {
    watch.stop();
  }
}

async function readAll(
  body: ReadableStream<Uint8Array>,
  count: (bytes: number) => void,
): Promise<ArrayBuffer> {
  const parts: Uint8Array[] = [];
  const reader = body.getReader();
  let bytes = 0;
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    parts.push(part.value);
    bytes += part.value.length;
    count(bytes);
  }
  return joined(parts);
}

/** Aborts one try when all is over, or when nothing was heard for too long. */
class Watch {
  private readonly controller = new AbortController();
  private readonly abort = () => this.controller.abort();
  private timer: ReturnType<typeof setTimeout>;

  constructor(
    private readonly outer: AbortSignal,
    private readonly silence_ms: number,
  ) {
    this.timer = setTimeout(this.abort, silence_ms);
    if (outer.aborted) this.abort();
    outer.addEventListener("abort", this.abort);
  }

  get signal(): AbortSignal {
    return this.controller.signal;
  }

  heard(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(this.abort, this.silence_ms);
  }

  /** Also lets go of an answer that nobody reads. */
  stop(): void {
    this.abort();
    clearTimeout(this.timer);
    this.outer.removeEventListener("abort", this.abort);
  }
}

/** Ends early when it is no longer wanted. */
function pause(pause_ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(done, pause_ms);
    signal.addEventListener("abort", done);
    function done() {
      clearTimeout(timer);
      signal.removeEventListener("abort", done);
      resolve();
    }
  });
}
