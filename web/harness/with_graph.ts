import type { Backend, Graph, Output } from "../src/core/backend";
import { openBackend } from "../src/core/open_backend";
import { fetchGraph, type OnGraph } from "./files";

let queue: Promise<unknown> = Promise.resolve();

/** Lends a loaded graph, one at a time, and throws when the borrower left tensors behind. */
export function withGraph<T>(on: OnGraph, use: (graph: Graph) => Promise<T>): Promise<T> {
  const next = queue.then(() => lend(on, use));
  queue = next.catch(() => undefined);
  return next;
}

async function lend<T>(on: OnGraph, use: (graph: Graph) => Promise<T>): Promise<T> {
  const files = await fetchGraph(on.graph);
  const backend = await openBackend(on.backend);
  try {
    const before = backend.tensors();
    const graph = await backend.load(files);
    const result = await use(watched(graph, backend));
    graph.dispose();
    expectTensors(backend, before, "the graph");
    return result;
  } finally {
    backend.dispose();
  }
}

/** Each run is checked, but for the first of our own kernels on a size, which lays out its memory. */
function watched(graph: Graph, backend: Backend): Graph {
  const known = new Set<string>();
  const checked = async (shape: readonly number[], run: () => Promise<Output>) => {
    const before = backend.tensors();
    const output = await run();
    if (backend.name !== "simd" || known.has(shape.join())) {
      expectTensors(backend, before, "a run");
    }
    known.add(shape.join());
    return output;
  };
  const pixels = graph.runPixels?.bind(graph);
  return {
    run: (input, shape) => checked(shape, () => graph.run(input, shape)),
    ...(pixels && { runPixels: (rgba, shape) => checked(shape, () => pixels(rgba, shape)) }),
    dispose: () => graph.dispose(),
  };
}

function expectTensors(backend: Backend, expected: number, what: string): void {
  const alive = backend.tensors();
  if (alive > expected) throw new Error(`${what} left ${alive - expected} tensor(s) behind`);
}
