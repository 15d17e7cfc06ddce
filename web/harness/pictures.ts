import { answer, calibrate } from "../src/core/calibrate";
import { Classifier } from "../src/core/classifier";
import type { Contract, CropRule, SecondLook } from "../src/core/contract";
import { TinyDetector } from "../src/core/detector";
import type { Box, Rect } from "../src/core/geometry";
import { PatchReader } from "../src/core/patch_reader";
import { patchOf, Sampler, grey as toGrey } from "../src/core/sampler";
import { Scene } from "../src/core/scene";
import { fetchBytes, fetchJson, fetchPicture, type OnGraph } from "./files";
import { withGraph } from "./with_graph";

export interface OnRaw {
  /** Address of raw RGBA bytes. */
  readonly input: string;
  readonly width: number;
  readonly height: number;
  readonly rects: readonly Rect[];
  readonly size: number;
  readonly edge: CropRule["edge"];
  readonly grey: boolean;
}

/** The page's reader and sampler on a picture of known pixels. */
export async function samplePixels(on: OnRaw): Promise<{ values: number[] }> {
  const { width, height, rects, size, edge, grey } = on;
  const pixels = new Uint8ClampedArray(await fetchBytes(on.input));
  const picture = await createImageBitmap(new ImageData(pixels, width, height));
  const reader = new PatchReader();
  const sampler = new Sampler(size);
  const values: number[] = [];
  for (const rect of rects) {
    const rgb = sampler.sample(reader.read(picture, patchOf(rect, picture)), rect, edge);
    values.push(...(grey ? toGrey(rgb) : rgb));
  }
  return { values };
}

export interface OnPicture extends OnGraph {
  /** Address of a JPEG or PNG. */
  readonly picture: string;
  readonly size: number;
  /** Given, every face is looked at again as the page does. */
  readonly second_look?: SecondLook;
}

/** A picture through the page's whole detector path. */
export async function detectPicture({
  picture,
  size,
  second_look,
  ...on
}: OnPicture): Promise<{ boxes: Box[] }> {
  const bitmap = await fetchPicture(picture);
  return withGraph(on, async (graph) => {
    const detector = new TinyDetector(graph);
    if (!second_look) return { boxes: await detector.whole(bitmap, size) };
    const scene = new Scene(detector, bitmap, { detector_size: size, second_look });
    return { boxes: await scene.faces() };
  });
}

export interface OnBoxes extends OnGraph {
  readonly contract: string;
  readonly picture: string;
  readonly boxes: readonly Box[];
}

/** Faces of a picture, given their boxes, through crop, classifier and calibration. */
export async function classifyPicture({ contract, picture, boxes, ...on }: OnBoxes) {
  const parsed = await fetchJson<Contract>(contract);
  const bitmap = await fetchPicture(picture);
  return withGraph(on, async (graph) => {
    const classifier = new Classifier(graph, parsed);
    const faces = [];
    for (const box of boxes) {
      const raw = await classifier.classify(classifier.crop(bitmap, box));
      const probabilities = calibrate(raw, parsed);
      const answers = parsed.heads.map((head, i) => answer(probabilities[i] ?? [], head));
      faces.push({ raw: [...raw], probabilities, answers });
    }
    return { faces };
  });
}
