import type { Face, FrameResult } from "../../../lib";
import type { ReadSource } from "./source";

/** For tests. */
export function faceOf(id: number, happy: number, uncertain = false): Face {
  const probabilities = [happy, 1 - happy];
  const best = happy >= 0.5 ? 0 : 1;
  const box = { x: 10.123, y: -2, width: 30, height: 40, score: 0.9 };
  const heads = [{ name: "emotion", labels: ["happy", "sad"], probabilities, best, uncertain }];
  return { id, box, heads };
}

/** The same of a model that tells unfamiliar faces. */
export function toldOf(id: number, unfamiliar: boolean): Face {
  const { heads, ...face } = faceOf(id, 1, unfamiliar);
  const familiarity = unfamiliar ? -1 : 1;
  return { ...face, heads: heads.map((head) => ({ ...head, familiarity, unfamiliar })) };
}

export function resultOf(...faces: Face[]): FrameResult {
  const stages = { detect_ms: 1, crop_ms: 1, classify_ms: 1, post_ms: 1, total_ms: 4 };
  const looks = { whole: 0, near: faces.length };
  return { width: 640, height: 480, faces, stages, looks, reused: 0, tensors: 1 };
}

export function clipOf(...frames: Face[][]): ReadSource {
  const moments = frames.map((faces, i) => ({ time_s: i / 10, result: resultOf(...faces) }));
  return { source: "take.webm", model: "slim", moments };
}

export function pictureOf(source: string, ...faces: Face[]): ReadSource {
  return { source, model: "slim", moments: [{ time_s: null, result: resultOf(...faces) }] };
}
