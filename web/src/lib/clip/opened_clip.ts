import { Fault } from "../../core/fault";
import type { Clip, ClipFrame, ClipWay } from "./clip";
import { oneAhead } from "./one_ahead";

export interface ClipParts {
  readonly width: number;
  readonly height: number;
  readonly duration_s: number;
  readonly how: ClipWay;
  readonly read: (signal: AbortSignal) => AsyncGenerator<ClipFrame, void, undefined>;
  readonly free: () => void;
}

/** What both ways of reading have in common. */
export class OpenedClip implements Clip {
  readonly width: number;
  readonly height: number;
  readonly duration_s: number;
  readonly how: ClipWay;
  private readonly closed = new AbortController();

  constructor(private readonly parts: ClipParts) {
    this.width = parts.width;
    this.height = parts.height;
    this.duration_s = parts.duration_s;
    this.how = parts.how;
  }

  async *frames(signal?: AbortSignal): AsyncGenerator<ClipFrame, void, undefined> {
    const { signal: closed } = this.closed;
    const either = signal ? AbortSignal.any([signal, closed]) : closed;
    let count = 0;
    try {
      for await (const frame of this.ahead(either)) {
        count++;
        yield frame;
      }
    } catch (error) {
      throw either.aborted ? either.reason : named(error);
    }
    if (count === 0) throw new Fault("bad-clip", "no frame");
  }

  close(): void {
    this.closed.abort();
    this.parts.free();
  }

  private ahead(signal: AbortSignal) {
    return oneAhead(this.parts.read(signal), ({ picture }) => picture.close(), signal);
  }
}

function named(error: unknown): Fault {
  if (error instanceof Fault) return error;
  return new Fault("bad-clip", error instanceof Error ? error.message : String(error));
}
