import type { Backend, Graph } from "../src/core/backend";
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
    const loaded = backend.tensors();
    const result = await use(graph);
    expectTensors(backend, loaded, "a run");
    graph.dispose();
    expectTensors(backend, before, "the graph");
    return result;
  } finally {
    backend.dispose();
  }
}

function expectTensors(backend: Backend, expected: number, what: string): void {
  const alive = backend.tensors();
  if (alive > expected) throw new Error(`${what} left ${alive - expected} tensor(s) behind`);
}
