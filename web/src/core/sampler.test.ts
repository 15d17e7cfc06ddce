import { describe, expect, test } from "vitest";
import type { Rect } from "./geometry";
import { grey, type Patch, patchOf, Sampler } from "./sampler";

const WIDTH = 37;
const HEIGHT = 29;
const PICTURE = noise(WIDTH, HEIGHT);

describe("the sampler agrees with the plain formula", () => {
  const rects: [string, Rect, number][] = [
    ["inside, shrunk a little", { x: 3, y: 4, side: 20 }, 12],
    ["enlarged", { x: 10, y: 8, side: 5 }, 16],
    ["shrunk to the area's average", { x: 2, y: 1, side: 27 }, 5],
    ["over the left top corner", { x: -7, y: -9, side: 20 }, 8],
    ["over the right bottom corner", { x: 25, y: 20, side: 24 }, 9],
    ["around the whole picture", { x: -10, y: -10, side: 60 }, 11],
    ["wholly outside", { x: 50, y: 40, side: 6 }, 4],
    ["of one pixel", { x: 5, y: 5, side: 1 }, 3],
  ];
  for (const edge of ["replicate", "black"] as const) {
    test.each(rects)(`%s, ${edge} edge`, (_name, rect, size) => {
      const got = new Sampler(size).sample(cut(rect), rect, edge);
      const plain = formula(rect, size, edge);
      expect(furthest(got, plain)).toBeLessThanOrEqual(1);
    });
  }
});

test("a rect of the output's own size is copied", () => {
  const rect = { x: 4, y: 6, side: 10 };
  const got = new Sampler(10).sample(cut(rect), rect);
  expect([...got.slice(0, 3)]).toEqual([...PICTURE.slice((6 * WIDTH + 4) * 4).slice(0, 3)]);
});

test("a sampler used before gives the same as a new one", () => {
  const used = new Sampler(8);
  const large = { x: 0, y: 0, side: 29 };
  const small = { x: 5, y: 5, side: 9 };
  used.sample(cut(large), large);
  expect(used.sample(cut(small), small)).toEqual(new Sampler(8).sample(cut(small), small));
});

test("the patch is only what lies in the picture", () => {
  const patch = patchOf({ x: -3, y: 20, side: 20 }, { width: WIDTH, height: HEIGHT });
  expect(patch).toEqual({ x: 0, y: 20, width: 17, height: 9 });
});

test("the patch of a rect outside the picture is its nearest pixel", () => {
  const patch = patchOf({ x: 90, y: -50, side: 8 }, { width: WIDTH, height: HEIGHT });
  expect(patch).toEqual({ x: WIDTH - 1, y: 0, width: 1, height: 1 });
});

test("grey is rounded half up", () => {
  expect([...grey(Uint8Array.from([255, 255, 255, 0, 0, 0, 10, 20, 30, 1, 0, 2]))]).toEqual([
    255, 0, 18, 1,
  ]);
});

function noise(width: number, height: number): Uint8Array {
  return Uint8Array.from({ length: width * height * 4 }, (_, i) => (i * i * 31 + i * 17) % 256);
}

function cut(rect: Rect): Patch {
  const part = patchOf(rect, { width: WIDTH, height: HEIGHT });
  const data = new Uint8Array(part.width * part.height * 4);
  for (let row = 0; row < part.height; row++) {
    const from = ((part.y + row) * WIDTH + part.x) * 4;
    data.set(PICTURE.subarray(from, from + part.width * 4), row * part.width * 4);
  }
  return { ...part, data };
}

/** Each output pixel on its own, as `face_detect/crop.py` defines it. */
function formula(rect: Rect, size: number, edge: "replicate" | "black"): Uint8Array {
  const weights = Array.from({ length: size }, (_, i) => weightsOf(i, rect.side, size));
  const rgb = new Uint8Array(size * size * 3);
  for (let i = 0; i < rgb.length; i++) {
    const row = weights[Math.floor(i / 3 / size)] as number[];
    const column = weights[Math.floor(i / 3) % size] as number[];
    let sum = 0;
    row.forEach((down, y) => {
      column.forEach((across, x) => {
        sum += down * across * pixel(rect.x + x, rect.y + y, i % 3, edge);
      });
    });
    rgb[i] = Math.floor(sum + 0.5);
  }
  return rgb;
}

function pixel(x: number, y: number, channel: number, edge: "replicate" | "black"): number {
  const inX = Math.min(Math.max(x, 0), WIDTH - 1);
  const inY = Math.min(Math.max(y, 0), HEIGHT - 1);
  if (edge === "black" && (inX !== x || inY !== y)) return 0;
  return PICTURE[(inY * WIDTH + inX) * 4 + channel] as number;
}

function weightsOf(i: number, side: number, size: number): number[] {
  const ratio = side / size;
  const weights = new Array<number>(side).fill(0);
  const add = (j: number, part: number) => {
    const k = Math.min(Math.max(j, 0), side - 1);
    weights[k] = (weights[k] as number) + part;
  };
  if (ratio > 2) {
    for (let j = 0; j < side; j++) {
      const part = Math.min(j + 1, (i + 1) * ratio) - Math.max(j, i * ratio);
      if (part > 0) add(j, part / ratio);
    }
    return weights;
  }
  const centre = (i + 0.5) * ratio - 0.5;
  const low = Math.floor(centre);
  add(low, 1 - (centre - low));
  add(low + 1, centre - low);
  return weights;
}

function furthest(a: Uint8Array, b: Uint8Array): number {
  return Math.max(...a.map((value, i) => Math.abs(value - (b[i] as number))));
}
