import type { Plugin } from "vite";
import { buildKernels, FOLDER, type Kernels } from "./build_kernels";

const MODULE = /^kernels:(simd|relaxed|sampler)$/;
const built = new Map<string, Promise<Uint8Array>>();

/** `import hex from "kernels:simd"`: brotli makes less of modules in hexadecimal than in base64. */
export function kernels(): Plugin {
  return {
    name: "kernels",
    resolveId: (id) => (MODULE.test(id) ? `\0${id}` : null),
    load: async (id) => {
      const kind = id.startsWith("\0") ? MODULE.exec(id.slice(1))?.[1] : null;
      if (!kind) return null;
      const bytes = built.get(kind) ?? buildKernels(kind as Kernels);
      built.set(kind, bytes);
      return `export default "${Buffer.from(await bytes).toString("hex")}";`;
    },
    hotUpdate({ file }) {
      if (!file.startsWith(FOLDER)) return;
      built.clear();
      const { idToModuleMap } = this.environment.moduleGraph;
      return [...idToModuleMap.values()].filter(({ id }) => id?.startsWith("\0kernels:"));
    },
  };
}
