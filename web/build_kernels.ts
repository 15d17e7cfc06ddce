import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import asc from "assemblyscript/asc";

/** Where the kernels' sources lie. */
export const FOLDER = fileURLToPath(new URL("kernels/", import.meta.url));
const FLAGS = ["-O3", "--converge", "--noAssert", "--runtime", "stub", "--importMemory"];

/** A module's source, and what it asks of the machine. */
const KERNELS = {
  simd: ["index.ts", "--enable", "simd"],
  /** Multiplies and adds in one rounding. */
  relaxed: ["index.ts", "--enable", "simd", "--enable", "relaxed-simd"],
  sampler: ["sampler.ts"],
};
export type Kernels = keyof typeof KERNELS;

export async function buildKernels(kind: Kernels): Promise<Uint8Array<ArrayBuffer>> {
  let built: Uint8Array | string | null = null;
  const { error, stderr } = await asc.main(
    [...KERNELS[kind], "--outFile", "kernels.wasm", ...FLAGS],
    {
      readFile: (name) => readFile(join(FOLDER, name), "utf8").catch(() => null),
      writeFile: (_, contents) => {
        built = contents;
      },
      listFiles: () => null,
    },
  );
  if (error || !built) throw new Error(`the kernels do not compile: ${stderr}`);
  return new Uint8Array(built);
}
