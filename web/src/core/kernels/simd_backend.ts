import relaxed from "kernels:relaxed";
import simd from "kernels:simd";
import type { Backend, Graph, GraphFiles } from "../backend";
import { bytesOf } from "./hex";
import { KernelGraph } from "./kernel_graph";
import { instantiate } from "./module";

let compiled: Promise<WebAssembly.Module> | null = null;

/** Begins what takes a while and needs no file; a failure shows when the backend is opened. */
export function prepareSimdBackend(): void {
  compiled ??= compile();
  compiled.catch(() => {});
}

export async function openSimdBackend(): Promise<Backend> {
  prepareSimdBackend();
  return new SimdBackend(await (compiled as Promise<WebAssembly.Module>));
}

/** Our own kernels, with products and sums in one rounding where the machine has that. */
async function compile(): Promise<WebAssembly.Module> {
  const better = bytesOf(relaxed);
  return WebAssembly.compile(WebAssembly.validate(better) ? better : bytesOf(simd));
}

class SimdBackend implements Backend {
  readonly name = "simd";
  private readonly graphs = new Set<KernelGraph>();

  constructor(private readonly module: WebAssembly.Module) {}

  async load(files: GraphFiles): Promise<Graph> {
    const graph = new KernelGraph(files, await instantiate(this.module), () =>
      this.graphs.delete(graph),
    );
    this.graphs.add(graph);
    return graph;
  }

  tensors(): number {
    return [...this.graphs].reduce((sum, graph) => sum + graph.pieces, 0);
  }

  dispose(): void {
    this.graphs.clear();
  }
}
