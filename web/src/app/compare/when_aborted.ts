/** Resolves once `wanted` is aborted; rejects with the reason of `signal` when that comes first. */
export function whenAborted(wanted: AbortSignal, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => reject(signal.reason);
    const go = () => {
      signal.removeEventListener("abort", stop);
      resolve();
    };
    if (signal.aborted) return stop();
    if (wanted.aborted) return go();
    wanted.addEventListener("abort", go, { once: true });
    signal.addEventListener("abort", stop, { once: true });
  });
}
