import type { Backend, BackendName } from "./backend";
import { openSimdBackend } from "./kernels/simd_backend";

/** Starts a backend. TF.js is fetched only for a machine or a net that our kernels do not serve. */
export async function openBackend(name: BackendName): Promise<Backend> {
  if (name === "simd") return openSimdBackend();
  const { openTfjsBackend } = await import("./tfjs_backend");
  return openTfjsBackend(name);
}
