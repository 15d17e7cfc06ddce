import * as ort from "onnxruntime-web/wasm";
import type { Contestant } from "./contestant";
import { fetchBytes, Tensors } from "./tensors";

interface Options {
  /** Address of onnxruntime's WASM files. */
  readonly wasm: string;
  readonly net: string;
  readonly inputs: string;
  readonly shape: readonly number[];
}

let session: ort.InferenceSession | null = null;
let tensors: Tensors | null = null;

const contestant: Contestant = {
  async open(options) {
    const { wasm, net, inputs, shape } = options as Options;
    ort.env.wasm.numThreads = 1;
    ort.env.wasm.wasmPaths = new URL(wasm, document.baseURI).href;
    session = await ort.InferenceSession.create(await fetchBytes(net), {
      executionProviders: ["wasm"],
    });
    tensors = await Tensors.fetch(inputs, shape);
    return { version: ort.env.versions.web };
  },
  async prepare() {},
  async run({ input = 0 }) {
    if (!session || !tensors) throw new Error("not open yet");
    const values = tensors.at(input);
    const [from = "", to = ""] = [...session.inputNames, ...session.outputNames];
    const start = performance.now();
    const found = await session.run({
      [from]: new ort.Tensor("float32", values, tensors.shape),
    });
    const output = (await found[to]?.getData()) as Float32Array;
    const ms = performance.now() - start;
    return { ms, values: [...output] };
  },
};

window.contestant = contestant;
