import { BackendError } from "../src/core/backend";
import { openBackend } from "../src/core/open_backend";
import { fetchGraph } from "./files";

/** Why our own kernels do not take a graph, or null where they do. */
export async function unserved({ graph }: { readonly graph: string }): Promise<string | null> {
  const backend = await openBackend("simd");
  try {
    (await backend.load(await fetchGraph(graph))).dispose();
    return null;
  } catch (error) {
    if (error instanceof BackendError) return error.message;
    throw error;
  } finally {
    backend.dispose();
  }
}
