import { Engine } from "../src/core/engine";
import type { Box } from "../src/core/geometry";
import { Loader } from "../src/core/loader";
import { fetchManifest, modelEntry } from "../src/core/manifest";
import { Pipeline } from "../src/core/pipeline";
import { openBackend } from "../src/core/tfjs_backend";
import { fetchBytes } from "./files";

export interface OnClip {
  /** Address of an exported site. */
  readonly site: string;
  readonly clip: string;
  /** The clip's own time of each frame, in seconds. */
  readonly times_s: readonly number[];
  /** How long a frame lasts. */
  readonly frame_s: number;
}

interface Shown {
  readonly box: Box | null;
  readonly probabilities: readonly number[][];
  /** The frame as this browser decoded it: RGBA bytes in base64. */
  readonly rgba: string;
}

/** Every frame of a clip through the page's whole pipeline, unsmoothed, each at the clip's time. */
export async function traceClip({ site, clip, times_s, frame_s }: OnClip) {
  const { engine, contract } = await openEngine(new URL(site, document.baseURI).href);
  const video = await openVideo(clip);
  const frames: Shown[] = [];
  const tensors = engine.backend.tensors();
  try {
    const pipeline = new Pipeline(engine, contract, 0);
    for (const time_s of times_s) {
      // The middle of a frame is never the next one's by rounding.
      await seek(video, time_s + frame_s / 2);
      frames.push(await show(pipeline, await createImageBitmap(video), time_s));
    }
    const left = engine.backend.tensors() - tensors;
    if (left > 0) throw new Error(`the pipeline left ${left} tensor(s) behind`);
  } finally {
    engine.dispose();
  }
  return { width: video.videoWidth, height: video.videoHeight, frames };
}

async function openEngine(base: string) {
  const { signal } = new AbortController();
  const manifest = await fetchManifest(base, signal);
  const loader = new Loader(base, manifest, () => undefined, signal);
  const model = await loader.model(modelEntry(manifest, null));
  const detector = { entry: manifest.detector, graph: await loader.graph(manifest.detector.graph) };
  const engine = await Engine.open(await openBackend("wasm"), model, detector);
  return { engine, contract: model.contract };
}

async function openVideo(url: string): Promise<HTMLVideoElement> {
  const video = document.createElement("video");
  video.muted = true;
  video.preload = "auto";
  const ready = happened(video, "canplaythrough");
  // From memory: the server gives no parts of files, and without them nothing can be sought.
  video.src = URL.createObjectURL(new Blob([await fetchBytes(url)]));
  await ready;
  return video;
}

async function seek(video: HTMLVideoElement, time_s: number): Promise<void> {
  const done = happened(video, "seeked");
  video.currentTime = time_s;
  await done;
}

function happened(video: HTMLVideoElement, what: string): Promise<void> {
  return new Promise((resolve, reject) => {
    video.addEventListener(what, () => resolve(), { once: true });
    video.addEventListener("error", () => reject(new Error(video.error?.message)), { once: true });
  });
}

async function show(pipeline: Pipeline, picture: ImageBitmap, time_s: number): Promise<Shown> {
  const rgba = base64(pixels(picture));
  const { faces } = await pipeline.frame(picture, time_s * 1000);
  picture.close();
  const [face] = faces;
  if (!face) return { box: null, probabilities: [], rgba };
  return { box: face.box, probabilities: face.heads.map((head) => [...head.probabilities]), rgba };
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
