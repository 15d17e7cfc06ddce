import type { Graph } from "../src/core/backend";
import { Classifier } from "../src/core/classifier";
import type { Contract } from "../src/core/contract";
import { grey } from "../src/core/sampler";
import { fetchBytes, fetchJson, type OnGraph } from "./files";
import { withGraph } from "./with_graph";

export interface OnTensor extends OnGraph {
  /** Address of raw little-endian float32. */
  readonly input: string;
  /** N, H, W, C. */
  readonly shape: readonly number[];
}

export interface Ran {
  readonly shape: number[];
  readonly values: number[];
  readonly ms: number[];
}

/** Runs the N items one by one. */
export async function runGraph({ input, shape, ...on }: OnTensor): Promise<Ran> {
  const values = new Float32Array(await fetchBytes(input));
  const [count = 0, ...item] = shape;
  const length = item.reduce((product, size) => product * size, 1);
  if (values.length !== count * length) throw new Error(`${input}: not of shape ${shape}`);
  return withGraph(on, (graph) =>
    runAll(count, (i) => graph.run(values.slice(i * length, (i + 1) * length), [1, ...item])),
  );
}

export interface OnPixels extends OnGraph {
  /** Address of a contract.json. */
  readonly contract: string;
  /** Address of raw RGB bytes, N crops of S × S. */
  readonly input: string;
  readonly count: number;
}

/** Crops through the page's own path from sampled bytes to the net's output. */
export async function runPixels({ contract, input, count, ...on }: OnPixels): Promise<Ran> {
  const parsed = await fetchJson<Contract>(contract);
  const pixels = new Uint8Array(await fetchBytes(input));
  const length = parsed.input.size ** 2 * 3;
  if (pixels.length !== count * length) throw new Error(`${input}: not ${count} crops`);
  return withGraph(on, (graph) => {
    const classifier = new Classifier(graph, parsed);
    const isGrey = parsed.input.channels === "grey";
    return runAll(count, async (i) => {
      const crop = pixels.subarray(i * length, (i + 1) * length);
      const values = await classifier.classify(isGrey ? grey(crop) : crop);
      return { values, shape: [1, values.length] };
    });
  });
}

/** Milliseconds of each of `runs` runs of the first item, after `warmup` that do not count. */
export async function timeGraph({
  input,
  shape,
  warmup,
  runs,
  ...on
}: OnTensor & { warmup: number; runs: number }): Promise<{ ms: number[] }> {
  const item = [1, ...shape.slice(1)];
  const length = item.reduce((product, size) => product * size, 1);
  const values = new Float32Array(await fetchBytes(input)).slice(0, length);
  return withGraph(on, async (graph) => {
    const { ms } = await runAll(warmup + runs, () => graph.run(values, item));
    return { ms: ms.slice(warmup) };
  });
}

async function runAll(count: number, run: (i: number) => ReturnType<Graph["run"]>): Promise<Ran> {
  const values: number[] = [];
  const ms: number[] = [];
  let shape: number[] = [];
  for (let i = 0; i < count; i++) {
    const start = performance.now();
    const output = await run(i);
    ms.push(performance.now() - start);
    for (const value of output.values) values.push(value);
    shape = [count * (output.shape[0] ?? 1), ...output.shape.slice(1)];
  }
  return { shape, values, ms };
}
