import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** The page of `frame` needs none of the peers' packages, so it is built apart from theirs. */
const FRAME = ["frame.html"];

/** Run by the page's own Vite, in `web/`: `vite build --config ... --mode frame` or `peers`. */
export default ({ mode }: { readonly mode: string }) => ({
  root: here("harness"),
  base: "./",
  build: {
    outDir: here(`build/${mode}`),
    emptyOutDir: true,
    target: "es2022",
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 4000,
    rollupOptions: {
      input: readdirSync(here("harness"))
        .filter((name) => (mode === "frame" ? FRAME.includes(name) : name.endsWith(".html")))
        .map((name) => here(`harness/${name}`)),
    },
  },
});
