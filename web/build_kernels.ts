import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import asc from "assemblyscript/asc";

/** Where the kernels' sources lie. */
export const FOLDER = fileURLToPath(new URL("kernels/", import.meta.url));
const FLAGS = ["-O3", "--converge", "--noAssert", "--runtime", "stub", "--importMemory"];

/** The module of the kernels; `relaxed` lets it multiply and add in one rounding. */
export async function buildKernels(relaxed: boolean): Promise<Uint8Array<ArrayBuffer>> {
  let built: Uint8Array | string | null = null;
  const features = relaxed ? ["--enable", "relaxed-simd"] : [];
  const { error, stderr } = await asc.main(
    ["index.ts", "--outFile", "kernels.wasm", "--enable", "simd", ...features, ...FLAGS],
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
