import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { defineConfig, type Plugin } from "vite";
import { kernels } from "./vite_kernels";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const exported = here("../dist/site");

/** Vite's own development client is inline, which the page's policy forbids. */
function withoutPolicyInDevelopment(): Plugin {
  return {
    name: "without-policy-in-development",
    apply: "serve",
    transformIndexHtml: (html) => html.replace(/<meta\s+http-equiv[^>]*>/, ""),
  };
}

/** What starts the model does not wait for the page's other code. */
function firstThingsFirst(): Plugin {
  return {
    name: "first-things-first",
    apply: "build",
    transformIndexHtml: {
      order: "post",
      handler: (html, { bundle = {} }) => {
        const first = Object.values(bundle).find(({ name }) => name === "first");
        const tag = `<script type="module" crossorigin async src="./${first?.fileName}"></script>`;
        return first ? html.replace('<script type="module"', `${tag}\n    $&`) : html;
      },
    },
  };
}

/** TF.js bundles its multithreaded glue (54 KB) even where only one thread is ever used. */
function withoutWasmThreads(): Plugin {
  const threaded = /tfjs-backend-wasm-threaded-simd(\.worker)?\.js$/;
  return {
    name: "without-wasm-threads",
    enforce: "pre",
    resolveId: (id) => (threaded.test(id) ? "\0no-threads" : null),
    load: (id) =>
      id === "\0no-threads" ? "export const wasmWorkerContents = ''; export default null;" : null,
  };
}

const HARNESS = { input: [here("harness/index.html"), here("harness/face_api.html")] };

const SITE = {
  // The library goes to other people's pages too, so it keeps its names.
  input: {
    index: here("index.html"),
    first: here("src/app/first_reader.ts"),
    sw: here("src/offline/sw.ts"),
    facecast: here("src/lib/index.ts"),
  },
  preserveEntrySignatures: "exports-only" as const,
  output: {
    // A service worker goes by a lasting name, and may answer for its own folder only.
    entryFileNames: ({ name }: { readonly name: string }) =>
      name === "sw" ? "sw.js" : "assets/[name]-[hash].js",
    // One file, for all of it is needed from the start.
    manualChunks: {
      reader: [
        here("src/lib/reader.ts"),
        here("src/lib/follow.ts"),
        here("src/lib/camera.ts"),
        "\0vite/preload-helper.js",
      ],
    },
  },
};

/** TF.js' backends, which hardly any machine needs, for our own kernels come first. */
const LATER = {
  chunkFileNames: "assets/later/[name]-[hash].js",
  assetFileNames: "assets/later/[name]-[hash][extname]",
};

export default defineConfig(({ command, mode }) => {
  const harness = mode === "harness";
  return {
    root: here(harness ? "harness" : "."),
    base: "./",
    // The development server shows what the last export made: models and manifest.
    publicDir: command === "serve" && existsSync(exported) ? exported : !harness && "public",
    plugins: [withoutPolicyInDevelopment(), firstThingsFirst(), withoutWasmThreads(), kernels()],
    worker: {
      format: "es",
      plugins: () => [withoutWasmThreads(), kernels()],
      rollupOptions: { output: LATER },
    },
    build: {
      outDir: here(harness ? "build/harness" : "build/site"),
      emptyOutDir: true,
      target: "es2022",
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      chunkSizeWarningLimit: 2000,
      rollupOptions: harness ? HARNESS : SITE,
    },
    test: { root: here("."), include: ["src/**/*.test.ts"] },
  };
});
