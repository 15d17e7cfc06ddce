const SECOND_MS = 1000;

/** Counts down to nothing, second by second; ends with the signal's reason. */
export async function countdown(
  from: number,
  show: (left: number) => void,
  signal: AbortSignal,
): Promise<void> {
  for (let left = from; left > 0; left--) {
    show(left);
    await later(SECOND_MS, signal);
  }
}

function later(time_ms: number, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener("abort", stop);
      resolve();
    }, time_ms);
    signal.addEventListener("abort", stop, { once: true });
  });
}
