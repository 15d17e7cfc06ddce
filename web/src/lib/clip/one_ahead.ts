/**
 * The same items, each made ready while the one before it is in use. Items that nobody takes any
 * more are discarded, at once when the signal is aborted.
 */
export async function* oneAhead<T>(
  source: AsyncGenerator<T, void, undefined>,
  discard: (item: T) => void,
  signal: AbortSignal,
): AsyncGenerator<T, void, undefined> {
  signal.throwIfAborted();
  const start = () => settled(source.next());
  let waiting: Promise<Settled<T>> | null = null;
  const giveUp = () => {
    void waiting?.then((next) => next.item && discard(next.item.value));
    waiting = null;
    void source.return().catch(() => undefined);
  };
  signal.addEventListener("abort", giveUp, { once: true });
  try {
    waiting = start();
    while (waiting) {
      const next: Settled<T> = await waiting;
      if (signal.aborted) break;
      if (next.failed) throw next.failed.reason;
      if (!next.item) return;
      waiting = start();
      yield next.item.value;
    }
    throw signal.reason;
  } finally {
    signal.removeEventListener("abort", giveUp);
    giveUp();
  }
}

interface Settled<T> {
  readonly item?: { readonly value: T };
  readonly failed?: { readonly reason: unknown };
}

/** Never rejects: it may be a while until somebody looks. */
async function settled<T>(next: Promise<IteratorResult<T, void>>): Promise<Settled<T>> {
  try {
    const { done, value } = await next;
    return done ? {} : { item: { value } };
  } catch (reason) {
    return { failed: { reason } };
  }
}
