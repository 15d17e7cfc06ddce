import * as faceapi from "@vladmandic/face-api/dist/face-api.esm.js";
import type { Contestant } from "./contestant";
import { Stage } from "./stage";

interface Options {
  /** Addresses of the folders with face-api's weights, and with TF.js' WASM files. */
  readonly weights: string;
  readonly wasm: string;
  readonly size: number;
  /** Without it, only the face is looked for. */
  readonly expressions: boolean;
}

/** The bundle's types leave out most of the TF.js that it contains. */
interface BundledTf {
  readonly version_core: string;
  setWasmPaths(folder: string): void;
  env(): { set(flag: string, value: boolean): void };
  setBackend(name: string): Promise<boolean>;
  ready(): Promise<void>;
}

const stage = new Stage();
let detector = new faceapi.TinyFaceDetectorOptions();
let withExpressions = true;

/** As its documentation runs it: in the window, on the WASM backend. */
const faceApi: Contestant = {
  async open(options) {
    const { weights, wasm, size, expressions } = options as Options;
    const tf = faceapi.tf as unknown as BundledTf;
    tf.setWasmPaths(wasm);
    tf.env().set("WASM_HAS_MULTITHREAD_SUPPORT", false);
    if (!(await tf.setBackend("wasm"))) throw new Error("face-api has no WASM here");
    await tf.ready();
    await faceapi.nets.tinyFaceDetector.loadFromUri(weights);
    if (expressions) await faceapi.nets.faceExpressionNet.loadFromUri(weights);
    detector = new faceapi.TinyFaceDetectorOptions({ inputSize: size });
    withExpressions = expressions;
    return { version: faceapi.version, backend: "wasm", size };
  },
  async prepare({ shot }) {
    if (shot) await stage.show(shot);
  },
  run: () => (withExpressions ? read() : detect()),
};

async function detect() {
  const start = performance.now();
  const face = await faceapi.detectSingleFace(stage.canvas, detector);
  const ms = performance.now() - start;
  return { ms, box: face ? boxOf(face) : null };
}

async function read() {
  const start = performance.now();
  const face = await faceapi.detectSingleFace(stage.canvas, detector).withFaceExpressions();
  const ms = performance.now() - start;
  if (!face) return { ms, box: null, label: null };
  const [best] = face.expressions.asSortedArray();
  return { ms, box: boxOf(face.detection), label: best?.expression ?? null };
}

function boxOf({ box, score }: faceapi.FaceDetection) {
  const { x, y, width, height } = box;
  return { x, y, width, height, score };
}

window.contestant = faceApi;
