/** Until the page is seen: in the background no browser tells which frame it shows. */
export function visible(signal: AbortSignal): Promise<void> {
  if (!document.hidden) return Promise.resolve();
  const over = new AbortController();
  return new Promise<void>((resolve, reject) => {
    const on = { signal: over.signal };
    document.addEventListener("visibilitychange", () => resolve(), on);
    signal.addEventListener("abort", () => reject(signal.reason), on);
  }).finally(() => over.abort());
}
