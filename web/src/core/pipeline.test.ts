import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Graph } from "./backend";
import type { Contract } from "./contract";
import type { Engine } from "./engine";
import { Pipeline } from "./pipeline";

const CONTRACT = {
  heads: [{ name: "emotion", labels: ["a", "b"], temperature: 1, uncertain_below: 0 }],
  input: { size: 2, channels: "grey", mean: [0], std: [1], states: [] },
  output: "probabilities",
  crop: {
    detector: "tiny",
    detector_size: 64,
    second_look: { size: 32, factor: 2 },
    rule: { scale: 1, shift_x: 0, shift_y: 0, edge: "replicate" },
  },
} as unknown as Contract;
const PICTURE = { width: 64, height: 64 } as ImageBitmap;

/** Scales the first anchor so that a face fills half of the look. */
const HALF = Math.log(0.5 / 2.094468);

/** Whether each kind of look shows the face, and what the classifier says. */
let shown: { whole: boolean; near: boolean };
let says: [number, number];
let looks: string[];

beforeEach(() => {
  shown = { whole: true, near: true };
  says = [1, 0];
  looks = [];
  vi.stubGlobal("OffscreenCanvas", Canvas);
});

afterEach(() => vi.unstubAllGlobals());

class Canvas {
  constructor(
    public width: number,
    public height: number,
  ) {}

  getContext() {
    const getImageData = (_x: number, _y: number, width: number, height: number) => ({
      data: new Uint8ClampedArray(width * height * 4),
    });
    return { canvas: this, clearRect: vi.fn(), drawImage: vi.fn(), getImageData };
  }
}

/** A face in the middle of the first cell, or none. */
function detector(): Graph {
  const run = async (_input: Float32Array, [, size = 0]: readonly number[]) => {
    const kind = size === 64 ? "whole" : "near";
    looks.push(kind);
    const values = new Float32Array((size / 32) ** 2 * 25).fill(-9);
    const scale = kind === "whole" ? 0 : HALF;
    if (shown[kind]) values.set([0, 0, scale, scale, 9]);
    return { values, shape: [] };
  };
  return { run, dispose: () => undefined };
}

function pipeline(): Pipeline {
  const run = async () => ({ values: Float32Array.from(says), shape: [1, 2] });
  const classifier = { run, dispose: () => undefined };
  const engine = { detector: detector(), classifier, backend: { tensors: () => 0 } };
  return new Pipeline(engine as unknown as Engine, CONTRACT);
}

test("a face that the once-a-second look misses goes on being smoothed", async () => {
  const made = pipeline();
  await made.frame(PICTURE, 0);
  shown.whole = false;
  says = [0, 1];
  const { faces } = await made.frame(PICTURE, 1000);
  const [a = 0] = faces[0]?.heads[0]?.probabilities ?? [];
  expect(a).toBeCloseTo(Math.exp(-1000 / 250), 6);
  // The whole, then a face that might fill it, then where the face was.
  expect(looks).toEqual(["whole", "near", "whole", "near", "near"]);
});

test("a face that is gone is forgotten", async () => {
  const made = pipeline();
  await made.frame(PICTURE, 0);
  shown = { whole: false, near: false };
  expect((await made.frame(PICTURE, 33)).faces).toEqual([]);
  shown = { whole: true, near: true };
  says = [0, 1];
  const { faces } = await made.frame(PICTURE, 66);
  expect(faces[0]?.heads[0]?.probabilities[1]).toBeCloseTo(1, 6);
});

test("a picture on its own is not smoothed", async () => {
  const made = pipeline();
  await made.frame(PICTURE, 0);
  says = [0, 1];
  const { faces } = await made.still(PICTURE);
  expect(faces[0]?.heads[0]?.best).toBe(1);
});
