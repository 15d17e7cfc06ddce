import type { Graph } from "./backend";
import type { Contract, Sequence } from "./contract";
import { sequenceWidth } from "./followed_sequence";
import type { SelfTest } from "./manifest";
import { Normaliser } from "./normalise";
import { rgbFloats } from "./rgb_floats";

const DETECTOR_SIZE = 96;

/** A picture that needs no file: the export knows what each net says to it. */
export function testPicture(size: number, channels: number): Uint8Array {
  const bytes = new Uint8Array(size * size * channels);
  let i = 0;
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      for (let c = 0; c < channels; c++) bytes[i++] = (x * 7 + y * 13 + c * 29 + x * y) % 256;
    }
  }
  return bytes;
}

/** Null when the classifier says what it should, else why not. */
export async function testClassifier(
  graph: Graph,
  contract: Contract,
  expected: SelfTest,
): Promise<string | null> {
  const { size, mean } = contract.input;
  const picture = testPicture(size, mean.length);
  const input = new Normaliser(contract.input).normalise(picture);
  const { values } = await graph.run(input, [1, size, size, mean.length]);
  return complaint(
    values,
    expected,
    contract.heads.map(({ labels }) => labels.length),
  );
}

/** Null when the detector says what it should, else why not. */
export async function testDetector(graph: Graph, expected: SelfTest): Promise<string | null> {
  const rgba = new Uint8ClampedArray(testPicture(DETECTOR_SIZE, 4));
  const shape = [1, DETECTOR_SIZE, DETECTOR_SIZE, 3];
  // As its frames come.
  const { values } = graph.runPixels
    ? await graph.runPixels(rgba, shape)
    : await graph.run(rgbFloats(rgba), shape);
  return complaint(values, expected);
}

/** Null when a sequence head says what it should to a row that needs no file, else why not. */
export async function testSequence(
  graph: Graph,
  sequence: Sequence,
  expected: SelfTest,
): Promise<string | null> {
  const row = Float32Array.from({ length: sequenceWidth(sequence) }, (_, i) => ((i * 7) % 11) / 40);
  const { values } = await graph.run(row, [1, row.length]);
  return complaint(values, expected);
}

/** Each part of the outputs, such as a head's, is held to its own largest; they are of one part unless told. */
export function complaint(
  got: ArrayLike<number>,
  { outputs, tolerance }: SelfTest,
  sizes: readonly number[] = [outputs.length],
): string | null {
  if (got.length !== outputs.length) return `${got.length} outputs, expected ${outputs.length}`;
  let start = 0;
  for (const size of sizes) {
    const expected = outputs.slice(start, start + size);
    const furthest = Math.max(
      ...expected.map((value, i) => Math.abs((got[start + i] as number) - value)),
    );
    const allowed = tolerance * Math.max(...expected.map(Math.abs));
    // Written so that NaN fails.
    if (!(furthest <= allowed))
      return `off by ${furthest.toPrecision(3)}, allowed ${allowed.toPrecision(3)}`;
    start += size;
  }
  return null;
}
