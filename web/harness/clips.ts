import { Engine } from "../src/core/engine";
import type { Box } from "../src/core/geometry";
import { Loader } from "../src/core/loader";
import { fetchManifest, modelEntry } from "../src/core/manifest";
import { openBackend } from "../src/core/open_backend";
import { Pipeline } from "../src/core/pipeline";
import type { ClipFrame, ClipWay } from "../src/lib/clip/clip";
import { openClip } from "../src/lib/clip/open_clip";
import { fetchBytes } from "./files";

export interface OnClip {
  /** Address of an exported site. */
  readonly site: string;
  readonly clip: string;
  readonly how: ClipWay;
}

const FOLLOWING = { faces: 1, smooth_ms: 0, reuse: false };

interface Shown {
  /** The clip's own, in seconds. */
  readonly time_s: number;
  readonly box: Box | null;
  readonly probabilities: readonly number[][];
  /** The frame as this browser decoded it: RGBA bytes in base64. */
  readonly rgba: string;
}

/** By then the face has been looked for in the whole frame, and near. */
const SETTLED = 2;

/** Every frame of a clip through the page's whole pipeline, unsmoothed, each at the clip's time. */
export async function traceClip({ site, clip, how }: OnClip) {
  const { engine, contract } = await openEngine(new URL(site, document.baseURI).href);
  const opened = await openClip(new Blob([await fetchBytes(clip)]), { how });
  const frames: Shown[] = [];
  let tensors = 0;
  try {
    const pipeline = new Pipeline(engine, contract);
    for await (const frame of opened.frames()) {
      frames.push(await show(pipeline, frame));
      // The first frames lay out memory for the sizes that come again.
      if (frames.length <= SETTLED) tensors = engine.backend.tensors();
    }
    const left = engine.backend.tensors() - tensors;
    if (left > 0) throw new Error(`the pipeline left ${left} tensor(s) behind`);
  } finally {
    opened.close();
    engine.dispose();
  }
  return { width: opened.width, height: opened.height, frames };
}

async function openEngine(base: string) {
  const { signal } = new AbortController();
  const manifest = await fetchManifest(base, signal);
  const loader = new Loader(base, manifest, () => undefined, signal);
  const model = await loader.model(modelEntry(manifest, null));
  const detector = { entry: manifest.detector, graph: await loader.graph(manifest.detector.graph) };
  const engine = await Engine.open(await openBackend("simd"), model, detector);
  return { engine, contract: model.contract };
}

async function show(pipeline: Pipeline, { picture, time_s }: ClipFrame): Promise<Shown> {
  const rgba = base64(pixels(picture));
  const { faces } = await pipeline.frame(picture, time_s * 1000, FOLLOWING);
  picture.close();
  const [face] = faces;
  if (!face) return { time_s, box: null, probabilities: [], rgba };
  const probabilities = face.heads.map((head) => [...head.probabilities]);
  return { time_s, box: face.box, probabilities, rgba };
}

function pixels(picture: ImageBitmap): Uint8ClampedArray {
  const canvas = new OffscreenCanvas(picture.width, picture.height);
  const context = canvas.getContext("2d", { willReadFrequently: true });
  if (!context) throw new Error("no 2D canvas is to be had here");
  context.drawImage(picture, 0, 0);
  return context.getImageData(0, 0, picture.width, picture.height).data;
}

function base64(bytes: Uint8ClampedArray): string {
  let text = "";
  for (let start = 0; start < bytes.length; start += 8192) {
    text += String.fromCharCode(...bytes.subarray(start, start + 8192));
  }
  return btoa(text);
}
