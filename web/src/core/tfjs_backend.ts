import { setWasmPaths } from "@tensorflow/tfjs-backend-wasm";
import wasmPlainUrl from "@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url";
import wasmSimdUrl from "@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url";
import { type GraphModel, loadGraphModel } from "@tensorflow/tfjs-converter";
import {
  engine,
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
import {
  type Backend,
  BackendError,
  finite,
  type Graph,
  type GraphFiles,
  type Output,
  type TfjsName,
} from "./backend";
import { type Gpu, GpuWatch } from "./gpu_watch";

// Once and for all: TF.js refuses to be told after a WASM that did not start.
setWasmPaths({
  "tfjs-backend-wasm.wasm": absolute(wasmPlainUrl),
  "tfjs-backend-wasm-simd.wasm": absolute(wasmSimdUrl),
  "tfjs-backend-wasm-threaded-simd.wasm": absolute(wasmSimdUrl),
});

/** Starts one of TF.js' backends; only one can be open at a time. */
export async function openTfjsBackend(name: TfjsName): Promise<Backend> {
  const tfName = await prepare(name);
  if (!(await setBackend(tfName))) throw new Error("it does not start");
  return new TfjsBackend(name, tfName);
}

class TfjsBackend implements Backend {
  private readonly gpu: GpuWatch;

  constructor(
    readonly name: TfjsName,
    private readonly tfName: string,
  ) {
    this.gpu = new GpuWatch(engine().backend as Gpu);
  }

  async load({ topology, weights }: GraphFiles): Promise<Graph> {
    const weightSpecs = topology.weightsManifest.flatMap((group) => group.weights);
    const artifacts = { ...topology, weightSpecs, weightData: weights };
    return new TfjsGraph(await loadGraphModel(io.fromMemory(artifacts)), this.gpu);
  }

  tensors(): number {
    return memory().numTensors;
  }

  dispose(): void {
    const factory = findBackendFactory(this.tfName);
    try {
      removeBackend(this.tfName);
      // TF.js forgets how to start a backend that it drops; the same one may be wanted again.
      registerBackend(this.tfName, factory);
    } finally {
      // A backend that crashed fails at this too, and TF.js would hand it out again.
      delete engine().registry[this.tfName];
    }
  }
}

class TfjsGraph implements Graph {
  constructor(
    private readonly model: GraphModel,
    private readonly gpu: GpuWatch,
  ) {}

  async run(values: Float32Array, shape: readonly number[]): Promise<Output> {
    const owned: Tensor[] = [];
    try {
      this.gpu.check();
      const input = tensor(values, [...shape], "float32");
      owned.push(input);
      const output = this.model.execute({ input }, "output") as Tensor;
      owned.push(output);
      const read = (await this.gpu.during(output.data())) as Float32Array;
      return { values: finite(read), shape: output.shape };
    } catch (error) {
      throw new BackendError(error instanceof Error ? error.message : String(error));
    } finally {
      for (const each of owned) each.dispose();
    }
  }

  dispose(): void {
    this.model.dispose();
  }
}

async function prepare(name: TfjsName): Promise<string> {
  switch (name) {
    case "wasm":
    case "wasm-plain":
      env().set("WASM_HAS_MULTITHREAD_SUPPORT", false);
      env().set("WASM_HAS_SIMD_SUPPORT", name === "wasm");
      return "wasm";
    case "webgl":
      await import("@tensorflow/tfjs-backend-webgl");
      return "webgl";
    case "webgpu":
      await import("@tensorflow/tfjs-backend-webgpu");
      return "webgpu";
  }
}

/** The development server tells addresses without a host, which mean nothing in a worker from a blob. */
function absolute(url: string): string {
  return new URL(url, import.meta.url).href;
}
