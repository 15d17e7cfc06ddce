import type { GraphFiles } from "./backend";
import type { Contract } from "./contract";
import { contractProblem } from "./contract_problem";
import { Fault } from "./fault";
import { fetchFile, PATIENCE } from "./fetch_file";
import type { Manifest, ModelEntry } from "./manifest";
import { folderOf, readGraph } from "./read_graph";
import { sha256 } from "./sha256";

export interface ModelFiles {
  readonly entry: ModelEntry;
  readonly contract: Contract;
  readonly graph: GraphFiles;
  /** Of the head that follows a face's answers. */
  readonly sequence: GraphFiles | null;
}

type Progress = (loaded: number, total: number) => void;

/** Fetches a site's files and checks each against the manifest before it is used. */
export class Loader {
  /** Bytes of each file so far. */
  private readonly loaded = new Map<string, number>();
  private readonly files = new Map<string, Promise<ArrayBuffer>>();
  private total = 0;

  constructor(
    private readonly base: string,
    private readonly manifest: Manifest,
    private readonly progress: Progress,
    private readonly signal: AbortSignal,
    private readonly patience = PATIENCE,
  ) {}

  /** Fetches everything in these folders at once; progress counts towards its bytes. */
  expect(graphs: readonly string[]): void {
    const folders = graphs.map(folderOf);
    const files = Object.entries(this.manifest.files).filter(([path]) =>
      folders.includes(folderOf(path)),
    );
    this.loaded.clear();
    this.total = files.reduce((sum, [, file]) => sum + file.bytes, 0);
    // Who asks for a file hears of its failure.
    for (const [path] of files) this.bytes(path).catch(() => {});
  }

  async model(entry: ModelEntry): Promise<ModelFiles> {
    const text = new TextDecoder().decode(await this.bytes(entry.contract));
    const contract = JSON.parse(text) as Contract;
    const problem = contractProblem(contract, entry.selftest.outputs.length);
    if (problem) throw new Fault("bad-contract", `${entry.contract}: ${problem}`);
    const follows = contract.sequence ? entry.sequence : null;
    const [graph, sequence] = await Promise.all([
      this.graph(entry.graph),
      follows ? this.graph(follows.graph) : null,
    ]);
    return { entry, contract, graph, sequence };
  }

  graph(path: string): Promise<GraphFiles> {
    return readGraph(path, (file) => this.bytes(file));
  }

  private bytes(path: string): Promise<ArrayBuffer> {
    const known = this.files.get(path);
    if (known) return known;
    const file = this.checked(path);
    this.files.set(path, file);
    return file;
  }

  private async checked(path: string): Promise<ArrayBuffer> {
    const expected = this.manifest.files[path];
    if (!expected) throw new Fault("missing-file", path);
    const count = (bytes: number) => this.count(path, Math.min(bytes, expected.bytes));
    // A cache may still hold the file as it was before the site was updated.
    for (const cache of ["default", "reload"] as const) {
      const bytes = await this.fetch(path, cache, count);
      if ((await sha256(bytes)) === expected.sha256) return bytes;
    }
    throw new Fault("damaged-file", path);
  }

  private fetch(path: string, cache: RequestCache, count: (bytes: number) => void) {
    const { base, signal, patience } = this;
    return fetchFile(new URL(path, base), { cache, signal, patience, count }).catch(() => {
      throw new Fault("missing-file", path);
    });
  }

  private count(path: string, bytes: number): void {
    if (bytes === (this.loaded.get(path) ?? 0)) return;
    this.loaded.set(path, bytes);
    const loaded = [...this.loaded.values()].reduce((sum, each) => sum + each, 0);
    this.progress(loaded, this.total);
  }
}
