import type { About } from "../core/about";
import { Fault } from "../core/fault";
import { fetchFile, type Unfetched } from "../core/fetch_file";
import type { ModelEntry } from "../core/manifest";

export interface AboutOptions {
  /** The folder with `manifest.json`; the page's own by default. */
  readonly base?: string;
  readonly signal?: AbortSignal;
}

/** What is told of a model: its card, its figures, and how it was proven. Rejects with a Fault. */
export async function aboutModel(
  { about }: Pick<ModelEntry, "about">,
  { base = document.baseURI, signal = new AbortController().signal }: AboutOptions = {},
): Promise<About> {
  const url = new URL(about, new URL(base, document.baseURI));
  const bytes = await fetchFile(url, { cache: "no-cache", signal }).catch((error: Unfetched) => {
    signal.throwIfAborted();
    throw new Fault("missing-file", `${about} (${error.message})`);
  });
  const found = parsed(new TextDecoder().decode(bytes));
  if (found?.version !== 1) throw new Fault("damaged-file", about);
  return found;
}

function parsed(text: string): About | null {
  try {
    return JSON.parse(text) as About | null;
  } catch {
    return null;
  }
}
