import { setWasmPaths } from "@tensorflow/tfjs-backend-wasm";
import wasmPlainUrl from "@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url";
import wasmSimdUrl from "@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url";
import { type GraphModel, loadGraphModel } from "@tensorflow/tfjs-converter";
import {
  env,
  findBackendFactory,
  io,
  memory,
  registerBackend,
  removeBackend,
  setBackend,
  type Tensor,
  tensor,
} from "@tensorflow/tfjs-core";
import type { Backend, BackendName, Graph, GraphFiles, Output } from "./backend";

interface ModelJson extends io.ModelJSON {
  readonly weightsManifest: io.WeightsManifestConfig;
}

/** Starts one of TF.js' backends; only one can be open at a time. */
export async function openBackend(name: BackendName): Promise<Backend> {
  const tfName = await prepare(name);
  if (!(await setBackend(tfName))) throw new Error("it does not start");
  return new TfjsBackend(name, tfName);
}

class TfjsBackend implements Backend {
  constructor(
    readonly name: BackendName,
    private readonly tfName: string,
  ) {}

  async load(files: GraphFiles): Promise<Graph> {
    const model = files.topology as ModelJson;
    const weightSpecs = model.weightsManifest.flatMap((group) => group.weights);
    const { modelTopology } = model;
    const artifacts = { ...model, modelTopology, weightSpecs, weightData: files.weights };
    return new TfjsGraph(await loadGraphModel(io.fromMemory(artifacts)));
  }

  tensors(): number {
    return memory().numTensors;
  }

  dispose(): void {
    const factory = findBackendFactory(this.tfName);
    removeBackend(this.tfName);
    // TF.js forgets how to start a backend that it drops; the same one may be wanted again.
    if (factory) registerBackend(this.tfName, factory);
  }
}

class TfjsGraph implements Graph {
  constructor(private readonly model: GraphModel) {}

  async run(values: Float32Array, shape: readonly number[]): Promise<Output> {
    const input = tensor(values, [...shape], "float32");
    try {
      const output = this.model.execute({ input }, "output") as Tensor;
      try {
        return { values: (await output.data()) as Float32Array, shape: output.shape };
      } finally {
        output.dispose();
      }
    } finally {
      input.dispose();
    }
  }

  dispose(): void {
    this.model.dispose();
  }
}

async function prepare(name: BackendName): Promise<string> {
  switch (name) {
    case "wasm":
    case "wasm-plain":
      prepareWasm(name === "wasm");
      return "wasm";
    case "webgl":
      await import("@tensorflow/tfjs-backend-webgl");
      return "webgl";
    case "webgpu":
      await import("@tensorflow/tfjs-backend-webgpu");
      return "webgpu";
  }
}

function prepareWasm(simd: boolean): void {
  env().set("WASM_HAS_MULTITHREAD_SUPPORT", false);
  env().set("WASM_HAS_SIMD_SUPPORT", simd);
  setWasmPaths({
    "tfjs-backend-wasm.wasm": wasmPlainUrl,
    "tfjs-backend-wasm-simd.wasm": wasmSimdUrl,
    "tfjs-backend-wasm-threaded-simd.wasm": wasmSimdUrl,
  });
}
