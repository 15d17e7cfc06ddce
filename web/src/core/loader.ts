import type { GraphFiles } from "./backend";
import type { Contract } from "./contract";
import { contractProblem } from "./contract_problem";
import { Fault } from "./fault";
import type { Manifest, ModelEntry } from "./manifest";
import { folderOf, readGraph } from "./read_graph";
import { sha256 } from "./sha256";

export interface ModelFiles {
  readonly entry: ModelEntry;
  readonly contract: Contract;
  readonly graph: GraphFiles;
}

type Progress = (loaded: number, total: number) => void;

/** Fetches a site's files and checks each against the manifest before it is used. */
export class Loader {
  private loaded = 0;
  private total = 0;

  constructor(
    private readonly base: string,
    private readonly manifest: Manifest,
    private readonly progress: Progress,
    private readonly signal: AbortSignal,
  ) {}

  /** Progress counts towards the bytes of everything in these folders. */
  expect(graphs: readonly string[]): void {
    const folders = graphs.map(folderOf);
    this.loaded = 0;
    this.total = Object.entries(this.manifest.files)
      .filter(([path]) => folders.includes(folderOf(path)))
      .reduce((sum, [, file]) => sum + file.bytes, 0);
  }

  async model(entry: ModelEntry): Promise<ModelFiles> {
    const text = new TextDecoder().decode(await this.bytes(entry.contract));
    const contract = JSON.parse(text) as Contract;
    const problem = contractProblem(contract, entry.selftest.outputs.length);
    if (problem) throw new Fault("bad-contract", `${entry.contract}: ${problem}`);
    return { entry, contract, graph: await this.graph(entry.graph) };
  }

  graph(path: string): Promise<GraphFiles> {
    return readGraph(path, (file) => this.bytes(file));
  }

  private async bytes(path: string): Promise<ArrayBuffer> {
    const expected = this.manifest.files[path];
    if (!expected) throw new Fault("missing-file", path);
    // A cache may still hold the file as it was before the site was updated.
    for (const cache of ["default", "reload"] as const) {
      const bytes = await this.fetch(path, cache);
      if ((await sha256(bytes)) === expected.sha256) return bytes;
      this.loaded -= bytes.byteLength;
    }
    throw new Fault("damaged-file", path);
  }

  private async fetch(path: string, cache: RequestCache): Promise<ArrayBuffer> {
    const { base, signal } = this;
    const response = await fetch(new URL(path, base), { cache, signal }).catch(() => null);
    if (!response?.ok || !response.body) throw new Fault("missing-file", path);
    return this.read(response.body, path);
  }

  private async read(body: ReadableStream<Uint8Array>, path: string): Promise<ArrayBuffer> {
    const parts: Uint8Array<ArrayBuffer>[] = [];
    const reader = body.getReader();
    try {
      for (let part = await reader.read(); !part.done; part = await reader.read()) {
        parts.push(part.value as Uint8Array<ArrayBuffer>);
        this.loaded += part.value.length;
        this.progress(this.loaded, this.total);
      }
    } catch {
      throw new Fault("missing-file", path);
    }
    return new Blob(parts).arrayBuffer();
  }
}
