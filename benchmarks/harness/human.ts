import Human from "@vladmandic/human";
import type { Contestant } from "./contestant";
import { Stage } from "./stage";

interface Options {
  /** Addresses of the folders with human's models, and with TF.js' WASM files. */
  readonly models: string;
  readonly wasm: string;
}

const OFF = { enabled: false };
const EVERY_FRAME = { skipFrames: 0, skipTime: 0 };
const stage = new Stage();
let human: Human | null = null;

/** As its documentation runs it, with face and emotion only, and nothing kept between frames. */
const contestant: Contestant = {
  async open(options) {
    const { models, wasm } = options as Options;
    human = new Human({
      backend: "wasm",
      wasmPath: wasm,
      modelBasePath: models,
      cacheModels: false,
      debug: false,
      cacheSensitivity: 0,
      face: {
        detector: EVERY_FRAME,
        emotion: { enabled: true, ...EVERY_FRAME },
        mesh: OFF,
        attention: OFF,
        iris: OFF,
        description: OFF,
        antispoof: OFF,
        liveness: OFF,
      },
      body: OFF,
      hand: OFF,
      object: OFF,
      segmentation: OFF,
      gesture: OFF,
    });
    await human.load();
    return {
      version: human.version,
      loaded: human.models
        .list()
        .filter((m) => m.loaded)
        .map((m) => m.name),
    };
  },
  async prepare({ shot }) {
    if (shot) await stage.show(shot);
  },
  async run() {
    if (!human) throw new Error("not open yet");
    const start = performance.now();
    const { face, error } = await human.detect(stage.canvas);
    const ms = performance.now() - start;
    if (error) throw new Error(error);
    const [first] = face;
    if (!first) return { ms, box: null, label: null };
    const [x, y, width, height] = first.box;
    const box = { x, y, width, height, score: first.boxScore };
    const emotions = [...(first.emotion ?? [])].sort((one, other) => other.score - one.score);
    return { ms, box, label: emotions[0]?.emotion ?? null };
  },
};

window.contestant = contestant;
