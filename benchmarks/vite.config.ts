import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { kernels } from "../web/vite_kernels";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/**
 * The page of `frame` needs none of the peers' packages, so it is built apart from theirs; that of
 * `load` is weighed, so it shares nothing with others.
 */
const ALONE: Readonly<Record<string, string>> = {
  frame: "frame.html",
  load: "load_face_api.html",
};

/** Run by the page's own Vite, in `web/`: `vite build --config ... --mode frame`, `peers`, `load`. */
export default ({ mode }: { readonly mode: string }) => ({
  root: here("harness"),
  base: "./",
  plugins: [kernels()],
  build: {
    outDir: here(`build/${mode}`),
    emptyOutDir: true,
    target: "es2022",
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 4000,
    rollupOptions: {
      input: readdirSync(here("harness"))
        .filter((name) => name.endsWith(".html") && name === (ALONE[mode] ?? name))
        .map((name) => here(`harness/${name}`)),
    },
  },
});
