import type { BackendName } from "../src/core/backend";
import { hasSimd, webglName, webgpuName } from "../src/core/candidates";
import { traceClip } from "./clips";
import { faceApi } from "./face_api_frame";
import { runGraph, runPixels, timeGraph } from "./graphs";
import { makeClip, makeSound } from "./make_clip";
import { classifyPicture, detectPicture, samplePixels } from "./pictures";
import { readFrames } from "./read_frames";
import { followFaces } from "./sequences";
import { streamViews } from "./sessions";
import { unserved } from "./unserved";

/** Every backend that starts here, software stand-ins included: they are right, only slow. */
async function backends(): Promise<BackendName[]> {
  const names: BackendName[] = hasSimd() ? ["simd", "wasm", "wasm-plain"] : ["wasm-plain"];
  if (webglName() !== null) names.push("webgl");
  if ((await webgpuName()) !== null) names.push("webgpu");
  return names;
}

const facecast = {
  backends,
  runGraph,
  runPixels,
  timeGraph,
  samplePixels,
  detectPicture,
  classifyPicture,
  traceClip,
  makeClip,
  makeSound,
  readFrames,
  streamViews,
  followFaces,
  unserved,
  faceApi,
};

declare global {
  interface Window {
    facecast: typeof facecast;
  }
}

window.facecast = facecast;
