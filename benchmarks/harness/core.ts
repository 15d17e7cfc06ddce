import type { Graph } from "../../web/src/core/backend";
import { candidates } from "../../web/src/core/candidates";
import { choose } from "../../web/src/core/choose";
import { TinyDetector } from "../../web/src/core/detector";
import type { Attempt, Engine } from "../../web/src/core/engine";
import { Loader } from "../../web/src/core/loader";
import { fetchManifest, modelEntry } from "../../web/src/core/manifest";
import { openBackend } from "../../web/src/core/open_backend";
import { readGraph } from "../../web/src/core/read_graph";
import type { Contestant, Outcome } from "./contestant";
import { Stage } from "./stage";
import { fetchBytes, Tensors } from "./tensors";

interface Options {
  /** Address of the exported site. */
  readonly base: string;
  readonly model: string | null;
  /** Either the detector over the whole frame, at this size, ... */
  readonly size?: number;
  /** ... or a classifier's graph, on these inputs. */
  readonly graph?: string;
  readonly inputs?: string;
  readonly shape?: readonly number[];
}

const stage = new Stage();
let classifier: Graph | null = null;
let tensors: Tensors | null = null;
let detector: TinyDetector | null = null;
let size = 0;

/** The page's own sources on the backend that a worker of the site would choose here. */
const contestant: Contestant = {
  async open(options) {
    const { base, model, graph, inputs, shape, ...asked } = options as Options;
    const engine = await openEngine(new URL(base, document.baseURI).href, model);
    detector = new TinyDetector(engine.detector);
    size = asked.size ?? 0;
    if (graph) classifier = await engine.backend.load(await readGraph(graph, fetchBytes));
    if (inputs && shape) tensors = await Tensors.fetch(inputs, shape);
    return { backend: engine.backend.name };
  },
  async prepare({ shot }) {
    if (shot) await stage.show(shot);
  },
  run: ({ input = 0 }) => (tensors ? classify(tensors, input) : detect()),
};

async function openEngine(base: string, model: string | null): Promise<Engine> {
  const { signal } = new AbortController();
  const manifest = await fetchManifest(base, signal);
  const loader = new Loader(base, manifest, () => undefined, signal);
  const files = await loader.model(modelEntry(manifest, model));
  const found = {
    entry: manifest.detector,
    graph: await loader.graph(manifest.detector.graph),
  };
  const attempts: Attempt[] = [];
  return choose(candidates(), openBackend, files, found, attempts);
}

async function detect(): Promise<Outcome> {
  if (!detector) throw new Error("not open yet");
  const start = performance.now();
  const picture = await createImageBitmap(stage.canvas);
  const [box = null] = await detector.whole(picture, size);
  const ms = performance.now() - start;
  picture.close();
  return { ms, box };
}

async function classify(held: Tensors, input: number): Promise<Outcome> {
  if (!classifier) throw new Error("not open yet");
  const values = held.at(input);
  const start = performance.now();
  const output = await classifier.run(values, held.shape);
  const ms = performance.now() - start;
  return { ms, values: [...output.values] };
}

window.contestant = contestant;
