import { trustedScript } from "../lib/trusted";

/** Keeps the site for visits without a network; where the browser refuses, all works as before. */
export async function registerOffline(): Promise<void> {
  // The development server's files have no version.
  if (import.meta.env.DEV) return;
  try {
    await navigator.serviceWorker.register(trustedScript("./sw.js"));
  } catch {
    // No TLS, a private window, storage turned off, or no network just now.
  }
}
