import wasmPlainUrl from "@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url";
import wasmSimdUrl from "@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url";
import * as faceapi from "@vladmandic/face-api/dist/face-api.esm.js";
import type { BackendName } from "../src/core/backend";
import type { Box } from "../src/core/geometry";
import { fetchBytes } from "./files";

export interface OnFaceApi {
  readonly backend: BackendName;
  /** Address of the folder that holds face-api's weights. */
  readonly weights: string;
  readonly size: number;
  /** Address of raw float32, size × size × 3, RGB 0..255, letterboxed. */
  readonly input?: string;
  /** Address of a JPEG or PNG. */
  readonly picture?: string;
}

/** face-api's own Tiny Face Detector, on its own TF.js. */
export async function faceApi({ backend, weights, size, input, picture }: OnFaceApi) {
  await prepare(backend);
  const net = new faceapi.TinyFaceDetector();
  await net.loadFromUri(weights);
  try {
    const raw = input ? await rawOutput(net, input, size) : { raw: [], shape: [] };
    return { ...raw, boxes: picture ? await boxesOf(net, picture, size) : [] };
  } finally {
    net.dispose();
  }
}

/** The bundle's types leave out most of the TF.js that it contains. */
interface BundledTf {
  setWasmPaths(paths: Record<string, string>): void;
  env(): { set(flag: string, value: boolean): void };
  setBackend(name: string): Promise<boolean>;
  ready(): Promise<void>;
}

async function prepare(backend: BackendName): Promise<void> {
  const tf = faceapi.tf as unknown as BundledTf;
  tf.setWasmPaths({
    "tfjs-backend-wasm.wasm": wasmPlainUrl,
    "tfjs-backend-wasm-simd.wasm": wasmSimdUrl,
    "tfjs-backend-wasm-threaded-simd.wasm": wasmSimdUrl,
  });
  tf.env().set("WASM_HAS_MULTITHREAD_SUPPORT", false);
  const name = backend === "wasm-plain" ? "wasm" : backend;
  if (!(await tf.setBackend(name))) throw new Error(`face-api has no ${name} here`);
  await tf.ready();
}

async function rawOutput(net: faceapi.TinyFaceDetector, input: string, size: number) {
  const values = new Float32Array(await fetchBytes(input));
  const tensor = faceapi.tf.tensor4d(values, [1, size, size, 3]);
  const output = net.forwardInput(new faceapi.NetInput([tensor]), size);
  const raw = Array.from(await output.data());
  const { shape } = output;
  tensor.dispose();
  output.dispose();
  return { raw, shape };
}

async function boxesOf(net: faceapi.TinyFaceDetector, picture: string, size: number) {
  const image = new Image();
  image.src = picture;
  await image.decode();
  const faces = await net.locateFaces(image, { inputSize: size, scoreThreshold: 0.5 });
  return faces.map(({ box, score }): Box => {
    const { x, y, width, height } = box;
    return { x, y, width, height, score };
  });
}

declare global {
  interface Window {
    faceApi: typeof faceApi;
  }
}

window.faceApi = faceApi;
