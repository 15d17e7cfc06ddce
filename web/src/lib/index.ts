/** Faces and their expressions in the browser; nothing leaves the machine. */
export type { About } from "../core/about";
export type { BackendName } from "../core/backend";
export type { Head } from "../core/contract";
export { asFault, Fault, type FaultCode } from "../core/fault";
export type { Box, Size } from "../core/geometry";
export type { Manifest, ModelEntry } from "../core/manifest";
export type { Face, Following, FrameResult, HeadAnswer, Running } from "../core/messages";
export { Smoother } from "../core/smooth";
export { type AboutOptions, aboutModel } from "./about";
export type { Clip, ClipFrame, ClipWay } from "./clip/clip";
export { type ClipOptions, openClip } from "./clip/open_clip";
export { type ReadFrame, type ReadOptions, readClip } from "./clip/read_clip";
export { follow, type LiveFrame } from "./follow";
export { FaceReader, type ReaderOptions, type ReaderState } from "./reader";
export { type SiteClip, siteClips } from "./site_clips";
export { FaceStream } from "./stream";
