/** Faces and their expressions in the browser; nothing leaves the machine. */
export type { BackendName } from "../core/backend";
export type { Head } from "../core/contract";
export { Fault, type FaultCode } from "../core/fault";
export type { Box, Size } from "../core/geometry";
export type { ModelEntry } from "../core/manifest";
export type { Face, Following, FrameResult, HeadAnswer, Running } from "../core/messages";
export { follow, type LiveFrame } from "./follow";
export { FaceReader, type ReaderOptions, type ReaderState } from "./reader";
export { FaceStream } from "./stream";
