import type { GraphFiles } from "./backend";
import { CONTRACT_VERSION, type Contract } from "./contract";
import { Fault } from "./fault";
import type { Manifest, ModelEntry } from "./manifest";
import { sha256 } from "./sha256";

export interface ModelFiles {
  readonly entry: ModelEntry;
  readonly contract: Contract;
  readonly graph: GraphFiles;
}

type Progress = (loaded: number, total: number) => void;

interface ModelJson {
  readonly weightsManifest: readonly { readonly paths: readonly string[] }[];
}

/** Fetches a site's files and checks each against the manifest before it is used. */
export class Loader {
  private loaded = 0;
  private total = 0;

  constructor(
    private readonly base: string,
    private readonly manifest: Manifest,
    private readonly progress: Progress,
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
    const contract = (await this.json(entry.contract)) as Contract;
    const depth = contract.input?.channels === "grey" ? 1 : 3;
    if (contract.version !== CONTRACT_VERSION || contract.input?.mean?.length !== depth) {
      throw new Fault("bad-contract", entry.contract);
    }
    return { entry, contract, graph: await this.graph(entry.graph) };
  }

  async graph(path: string): Promise<GraphFiles> {
    const topology = (await this.json(path)) as ModelJson;
    const paths = topology.weightsManifest.flatMap((group) => group.paths);
    const shards = await Promise.all(paths.map((shard) => this.bytes(folderOf(path) + shard)));
    return { topology, weights: await new Blob(shards).arrayBuffer() };
  }

  private async json(path: string): Promise<unknown> {
    return JSON.parse(new TextDecoder().decode(await this.bytes(path)));
  }

  private async bytes(path: string): Promise<ArrayBuffer> {
    const expected = this.manifest.files[path];
    if (!expected) throw new Fault("missing-file", path);
    const response = await fetch(new URL(path, this.base)).catch(() => null);
    if (!response?.ok || !response.body) throw new Fault("missing-file", path);
    const bytes = await this.read(response.body, path);
    if ((await sha256(bytes)) !== expected.sha256) throw new Fault("damaged-file", path);
    return bytes;
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

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf("/") + 1);
}
