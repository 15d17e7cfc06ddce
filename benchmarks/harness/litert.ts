import { type CompiledModel, loadAndCompile, loadLiteRt, Tensor } from "@litertjs/core";
import type { Contestant } from "./contestant";
import { fetchBytes, Tensors } from "./tensors";

interface Options {
  /** Address of the folder with LiteRT's WASM files. */
  readonly wasm: string;
  readonly net: string;
  readonly inputs: string;
  readonly shape: readonly number[];
}

let model: CompiledModel | null = null;
let tensors: Tensors | null = null;

const contestant: Contestant = {
  async open(options) {
    const { wasm, net, inputs, shape } = options as Options;
    await loadLiteRt(new URL(wasm, document.baseURI).href);
    model = await loadAndCompile(new Uint8Array(await fetchBytes(net)), {
      accelerator: "wasm",
      cpuOptions: { numThreads: 1 },
    });
    tensors = await Tensors.fetch(inputs, shape);
    return {};
  },
  async prepare() {},
  async run({ input = 0 }) {
    if (!model || !tensors) throw new Error("not open yet");
    const values = tensors.at(input);
    const start = performance.now();
    const given = new Tensor(values, [...tensors.shape]);
    const [found] = await model.run(given);
    if (!found) throw new Error("LiteRT gave no output");
    const output = await found.data();
    given.delete();
    found.delete();
    const ms = performance.now() - start;
    return { ms, values: Array.from(output, Number) };
  },
};

window.contestant = contestant;
