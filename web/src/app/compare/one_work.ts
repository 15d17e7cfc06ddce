/** One long work at a time: a new one ends the one before, and begins when that has tidied up. */
export class OneWork {
  private current = new AbortController();
  private finished: Promise<void> = Promise.resolve();

  /** `failed` hears of what went wrong, unless the work was ended from outside. */
  constructor(private readonly failed: (error: unknown) => void) {}

  get signal(): AbortSignal {
    return this.current.signal;
  }

  run(task: (signal: AbortSignal) => Promise<void>): Promise<void> {
    this.current.abort();
    this.current = new AbortController();
    const { signal } = this.current;
    this.finished = this.finished.then(async () => {
      if (signal.aborted) return;
      await task(signal).catch((error) => signal.aborted || this.failed(error));
    });
    return this.finished;
  }

  /** Ends what is being done; for a reason when something went wrong. */
  abort(reason?: unknown): void {
    this.current.abort();
    if (reason !== undefined) this.failed(reason);
  }
}
