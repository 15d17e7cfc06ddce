import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Graph } from "./backend";
import type { Contract } from "./contract";
import type { Engine } from "./engine";
import { FakeCanvas } from "./fake_canvas";
import type { FrameResult } from "./messages";
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

const ALONE = { faces: 1, smooth_ms: 250, reuse: false };
const REUSING = { ...ALONE, reuse: true };

/** Whether each kind of look shows the face, and what the classifier says. */
let shown: { whole: boolean; near: boolean };
let says: [number, number];
let looks: string[];
/** How often the classifier was. */
let asked: number;

beforeEach(() => {
  shown = { whole: true, near: true };
  says = [1, 0];
  looks = [];
  asked = 0;
  FakeCanvas.shade = 0;
  vi.stubGlobal("OffscreenCanvas", FakeCanvas);
});

afterEach(() => vi.unstubAllGlobals());

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

const SEQUENCE = {
  head: "emotion",
  states: [{ name: "answer", shape: [2], reset: "face" }],
  longest_gap_s: 9,
} as const;

/** Keeps a tenth of the new answer beside nine of the old. */
const sequence: Graph = {
  run: async ([a = 0, b = 0, gap = 0, x = 0, y = 0]) => {
    const values = gap ? [0.9 * x + 0.1 * a, 0.9 * y + 0.1 * b] : [a, b];
    return { values: Float32Array.from(values), shape: [1, 2] };
  },
  dispose: () => undefined,
};

function pipeline(sequence: Graph | null = null, base = CONTRACT): Pipeline {
  const run = async () => {
    asked++;
    return { values: Float32Array.from(says), shape: [1, 2] };
  };
  const classifier = { run, dispose: () => undefined };
  const engine = { detector: detector(), classifier, sequence, backend: { tensors: () => 0 } };
  const contract = sequence ? { ...base, sequence: SEQUENCE } : base;
  return new Pipeline(engine as unknown as Engine, contract);
}

function leading({ faces }: FrameResult): readonly number[] {
  return faces[0]?.heads[0]?.probabilities ?? [];
}

test("a face that the once-a-second look misses goes on being smoothed", async () => {
  const made = pipeline();
  await made.frame(PICTURE, 0, ALONE);
  shown.whole = false;
  says = [0, 1];
  const [a] = leading(await made.frame(PICTURE, 1000, ALONE));
  expect(a).toBeCloseTo(Math.exp(-1000 / 250), 6);
  // The second time, a face that might fill the whole; where the face was is the same square.
  expect(looks).toEqual(["whole", "near", "whole", "near"]);
});

test("a face that is gone is forgotten, and comes back as another", async () => {
  const made = pipeline();
  await made.frame(PICTURE, 0, ALONE);
  shown = { whole: false, near: false };
  expect((await made.frame(PICTURE, 33, ALONE)).faces).toEqual([]);
  shown = { whole: true, near: true };
  says = [0, 1];
  const back = await made.frame(PICTURE, 66, ALONE);
  expect(leading(back)[1]).toBeCloseTo(1, 6);
  expect(back.faces[0]?.id).toBe(1);
  expect(made.nextId).toBe(2);
});

test("a sequence head follows a face, and a new face starts from a fresh state", async () => {
  const made = pipeline(sequence);
  await made.frame(PICTURE, 0, ALONE);
  says = [0, 1];
  expect(leading(await made.frame(PICTURE, 33, ALONE))[0]).toBeCloseTo(0.9, 6);
  shown = { whole: false, near: false };
  await made.frame(PICTURE, 66, ALONE);
  shown = { whole: true, near: true };
  expect(leading(await made.frame(PICTURE, 99, ALONE))[1]).toBeCloseTo(1, 6);
});

test("where it is asked for, a frame's own answer stands beside what a sequence head makes of it", async () => {
  const made = pipeline(sequence);
  await made.frame(PICTURE, 0, { ...ALONE, own: true });
  says = [0, 1];
  const { faces } = await made.frame(PICTURE, 33, { ...ALONE, own: true });
  expect(faces[0]?.heads[0]?.probabilities[0]).toBeCloseTo(0.9, 6);
  expect(faces[0]?.own?.[0]?.best).toBe(1);
  expect(faces[0]?.own?.[0]?.probabilities[1]).toBeCloseTo(1, 6);
});

test("smoothing can be turned off and on while a film runs", async () => {
  const made = pipeline();
  await made.frame(PICTURE, 0, ALONE);
  says = [0, 1];
  const plain = await made.frame(PICTURE, 250, { ...ALONE, smooth_ms: 0 });
  expect(leading(plain)[0]).toBeCloseTo(0, 6);
  says = [1, 0];
  const smooth = await made.frame(PICTURE, 500, ALONE);
  expect(leading(smooth)[0]).toBeCloseTo(1 - Math.exp(-1), 6);
});

test("a face that has not changed keeps its answer, and is smoothed on", async () => {
  const made = pipeline();
  await made.frame(PICTURE, 0, REUSING);
  says = [0, 1];
  const { reused, faces } = await made.frame(PICTURE, 250, REUSING);
  expect([reused, asked]).toEqual([1, 1]);
  expect(faces[0]?.heads[0]?.probabilities[0]).toBeCloseTo(1, 6);
});

test("a face that has changed is asked about, and so is every face without reuse", async () => {
  const made = pipeline();
  await made.frame(PICTURE, 0, REUSING);
  FakeCanvas.shade = 200;
  expect((await made.frame(PICTURE, 33, REUSING)).reused).toBe(0);
  expect((await made.frame(PICTURE, 66, ALONE)).reused).toBe(0);
  expect(asked).toBe(3);
});

test("what was said of a face is forgotten with it", async () => {
  const made = pipeline();
  await made.frame(PICTURE, 0, REUSING);
  shown = { whole: false, near: false };
  await made.frame(PICTURE, 33, REUSING);
  shown = { whole: true, near: true };
  expect((await made.frame(PICTURE, 66, REUSING)).reused).toBe(0);
});

test("a result tells how often the detector looked", async () => {
  const made = pipeline();
  expect((await made.frame(PICTURE, 0, ALONE)).looks).toEqual({ whole: 1, near: 1 });
  expect((await made.frame(PICTURE, 33, ALONE)).looks).toEqual({ whole: 0, near: 1 });
});

test("a picture on its own is not smoothed, and its faces are numbered from 0", async () => {
  const made = pipeline();
  await made.frame(PICTURE, 0, ALONE);
  says = [0, 1];
  const { faces } = await made.picture(PICTURE);
  expect(faces).toMatchObject([{ id: 0, heads: [{ best: 1 }] }]);
});

test("how familiar a face is comes from the raw output, and is smoothed like its answer", async () => {
  const [head] = CONTRACT.heads;
  const telling = { ...CONTRACT, output: "logits", heads: [{ ...head, familiar_above: 3 }] };
  const made = pipeline(null, telling as Contract);
  says = [0, 4];
  const [sure] = (await made.frame(PICTURE, 0, ALONE)).faces;
  expect(sure?.heads[0]).toMatchObject({ unfamiliar: false, uncertain: false });
  says = [0, 0];
  const [odd] = (await made.frame(PICTURE, 250, ALONE)).faces;
  const high = Math.log(1 + Math.exp(4));
  const expected = Math.log(2) + (high - Math.log(2)) * Math.exp(-1);
  expect(odd?.heads[0]?.familiarity).toBeCloseTo(expected, 6);
  expect(odd?.heads[0]).toMatchObject({ unfamiliar: true, uncertain: true });
});

test("a model that does not tell familiar faces says nothing of them", async () => {
  const { faces } = await pipeline().picture(PICTURE);
  expect(faces[0]?.heads[0]).not.toHaveProperty("unfamiliar");
});
