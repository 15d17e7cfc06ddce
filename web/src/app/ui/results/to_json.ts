import type { Box, Face, FrameResult } from "../../../lib";
import { roundPx, roundShare, roundTime } from "./round";
import { type HeadNames, headsOf, mainFace, type ReadMoment, type ReadSource } from "./source";

const VERSION = 1;

/**
 * A clip as `python -m train trace` writes it and reads it back: the face that matters most in each
 * of its moments, and the others beside it. Pictures have a list of their own.
 */
export function toJson(sources: readonly ReadSource[]): string {
  const [first] = sources;
  const common = {
    version: VERSION,
    model: first?.model ?? null,
    smooth: first?.smooth ?? false,
    heads: headsOf(sources).map(({ name, labels }: HeadNames) => ({ name, labels })),
  };
  const isClip = sources.length === 1 && first?.moments.some(({ time_s }) => time_s !== null);
  const found = isClip && first ? clip(first) : { pictures: sources.flatMap(pictures) };
  return `${JSON.stringify({ ...common, ...found })}\n`;
}

function clip({ source, moments, face = mainFace(moments) }: ReadSource) {
  const tells = headsOf([{ source, model: "", moments }]).some(isTold);
  const { width, height } = moments[0]?.result ?? { width: 0, height: 0 };
  return {
    source: { name: source, width, height },
    moments: moments.map((moment, index) => momentOf(moment, index, face, tells)),
  };
}

function momentOf({ time_s, result }: ReadMoment, index: number, face: number, tells: boolean) {
  const chosen = result.faces.find(({ id }) => id === face);
  const others = result.faces.filter(({ id }) => id !== face).map(faceOf);
  const nobody = { face: null, box: null, probabilities: null, uncertain: null };
  const nothing = tells ? { ...nobody, unfamiliar: null } : nobody;
  return {
    index,
    time_s: roundTime(time_s ?? 0),
    ...(chosen ? faceOf(chosen) : nothing),
    ...(others.length && { others }),
  };
}

function pictures({ source, moments }: ReadSource) {
  return moments.map(({ result }) => picture(source, result));
}

function picture(name: string, { width, height, faces }: FrameResult) {
  return { source: { name, width, height }, faces: faces.map(faceOf) };
}

function faceOf({ id, box, heads }: Face) {
  return {
    face: id,
    box: boxOf(box),
    probabilities: heads.map((head) => head.probabilities.map(roundShare)),
    uncertain: heads.map((head) => head.uncertain),
    ...(heads.some(isTold) && { unfamiliar: heads.map((head) => head.unfamiliar ?? false) }),
  };
}

function isTold({ unfamiliar }: Pick<HeadNames, "unfamiliar">): boolean {
  return unfamiliar !== undefined;
}

function boxOf({ x, y, width, height, score }: Box): Box {
  return {
    x: roundPx(x),
    y: roundPx(y),
    width: roundPx(width),
    height: roundPx(height),
    score: roundShare(score),
  };
}
