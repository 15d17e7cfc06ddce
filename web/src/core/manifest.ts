import { Fault } from "./fault";
import { fetchFile } from "./fetch_file";

export interface SelfTest {
  readonly outputs: readonly number[];
  /** Of the largest expected output, of a classifier in the same head. */
  readonly tolerance: number;
}

export interface Figures {
  readonly max_relative_drift: number;
  readonly flips: number;
  readonly mean_kl: number;
  readonly bytes: number;
}

/** The small net that follows a face's answers. */
export interface SequenceEntry {
  readonly graph: string;
  readonly selftest: SelfTest;
}

export interface ModelEntry {
  readonly name: string;
  readonly variant: string;
  /** Whether the export ran the graph in a browser and found it equal to what was trained. */
  readonly proven: boolean;
  readonly contract: string;
  readonly graph: string;
  /** An `About`. */
  readonly about: string;
  readonly selftest: SelfTest;
  /** Of a model that has such a head; sites of before do not tell. */
  readonly sequence?: SequenceEntry | null;
  readonly figures: Figures;
}

export interface DetectorEntry {
  readonly graph: string;
  readonly size: number;
  readonly selftest: SelfTest;
}

/** A reference clip that the site's owner put up. */
export interface ClipEntry {
  readonly name: string;
  readonly file: string;
  readonly seconds: number;
  readonly bytes: number;
}

/** What the site holds; `export` writes it. */
export interface Manifest {
  readonly version: 1;
  readonly default: string;
  readonly models: readonly ModelEntry[];
  readonly detector: DetectorEntry;
  readonly clips: readonly ClipEntry[];
  readonly files: Readonly<Record<string, { readonly sha256: string; readonly bytes: number }>>;
}

/** The manifest as the server has it now: it says which bytes all other files must have. */
export async function fetchManifest(base: string, signal: AbortSignal): Promise<Manifest> {
  const url = new URL("manifest.json", base);
  const bytes = await fetchFile(url, { cache: "no-cache", signal }).catch((error: Error) => {
    signal.throwIfAborted();
    throw new Fault("no-manifest", `manifest.json (${error.message})`);
  });
  const manifest = parsed(new TextDecoder().decode(bytes));
  if (manifest?.version !== 1) throw new Fault("no-manifest", "manifest.json");
  return manifest;
}

function parsed(text: string): Manifest | null {
  try {
    return JSON.parse(text) as Manifest | null;
  } catch {
    return null;
  }
}

/** The model by that name; the site's default where there is none. */
export function modelEntry(manifest: Manifest, name: string | null): ModelEntry {
  const named = (wanted: string | null) => manifest.models.find((model) => model.name === wanted);
  const entry = named(name) ?? named(manifest.default) ?? manifest.models[0];
  if (!entry) throw new Fault("no-manifest", "manifest.json: models");
  return entry;
}
