import type { Plugin } from "vite";
import { buildKernels } from "./build_kernels";

const MODULE = /^kernels:(simd|relaxed)$/;
const built = new Map<string, Promise<Uint8Array>>();

/** Gives `import kernels from "kernels:simd"` the module's bytes as base64: they are few. */
export function kernels(): Plugin {
  return {
    name: "kernels",
    resolveId: (id) => (MODULE.test(id) ? `\0${id}` : null),
    load: async (id) => {
      const kind = id.startsWith("\0") ? MODULE.exec(id.slice(1))?.[1] : null;
      if (!kind) return null;
      const bytes = built.get(kind) ?? buildKernels(kind === "relaxed");
      built.set(kind, bytes);
      return `export default "${Buffer.from(await bytes).toString("base64")}";`;
    },
  };
}
