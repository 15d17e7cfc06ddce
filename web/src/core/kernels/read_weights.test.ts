import type { io } from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import { half, readWeights } from "./read_weights";

const NARROW = { scale: 0.0138, min: -1.41 } as const;
const ENTRIES: io.WeightsManifestEntry[] = [
  { name: "bytes", shape: [3], dtype: "float32", quantization: { ...NARROW, dtype: "uint8" } },
  { name: "words", shape: [1, 2], dtype: "float32", quantization: { ...NARROW, dtype: "uint16" } },
  { name: "halves", shape: [2], dtype: "float32", quantization: { dtype: "float16" } },
  { name: "floats", shape: [1], dtype: "float32" },
  { name: "axes", shape: [2], dtype: "int32" },
];

/** Without gaps, so that what follows three bytes begins at an odd address. */
function packed(...parts: readonly ArrayBufferView[]): Promise<ArrayBuffer> {
  return new Blob(parts as unknown as BlobPart[]).arrayBuffer();
}

test("weights of every type become float32", async () => {
  const bytes = await packed(
    Uint8Array.of(0, 7, 255),
    Uint16Array.of(1, 65_535),
    Uint16Array.of(0x3c00, 0xc000),
    Float32Array.of(0.1),
    Int32Array.of(1, -2),
  );
  const read = readWeights([{ paths: [], weights: ENTRIES }], bytes);
  const wide = (q: number) => q * 0.0138 - 1.41;
  expect([...read].map(([name, { shape, values }]) => [name, shape, values])).toEqual([
    ["bytes", [3], Float32Array.of(wide(0), wide(7), wide(255))],
    ["words", [1, 2], Float32Array.of(wide(1), wide(65_535))],
    ["halves", [2], Float32Array.of(1, -2)],
    ["floats", [1], Float32Array.of(0.1)],
    ["axes", [2], Float32Array.of(1, -2)],
  ]);
});

test.each([
  [0x3c00, 1],
  [0xc000, -2],
  [0x0001, 2 ** -24],
  [0x7bff, 65_504],
  [0x7c00, Infinity],
  [0x7e00, Number.NaN],
])("the half-precision bits %i are %d", (bits, value) => {
  expect(half(bits)).toBe(value);
});

test("a type that nobody writes is refused by name", () => {
  const weights: io.WeightsManifestEntry[] = [{ name: "w", shape: [1], dtype: "complex64" }];
  const read = () => readWeights([{ paths: [], weights }], new ArrayBuffer(8));
  expect(read).toThrow("type complex64");
});
