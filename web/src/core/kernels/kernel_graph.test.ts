import relaxed from "kernels:relaxed";
import simd from "kernels:simd";
import { setFlagsFromString } from "node:v8";
import { beforeAll, describe, expect, test } from "vitest";
import type { GraphFiles } from "../backend";
import { rgbFloats } from "../rgb_floats";
import { KernelGraph } from "./kernel_graph";
import { MadeGraph } from "./made_graph";
import { instantiate } from "./module";
import { slowAnswer } from "./slow_answer";

// Of use where Node knows relaxed SIMD, but keeps it back.
setFlagsFromString("--experimental-wasm-relaxed-simd");

const MODULES = [
  ["plain SIMD", Buffer.from(simd, "hex")],
  ["relaxed SIMD", Buffer.from(relaxed, "hex")],
] as const;
const HERE = MODULES.filter(([, bytes]) => WebAssembly.validate(bytes));
const BIAS = ["BiasAdd"];
const HALVING = { ksize: [1, 2, 2, 1], strides: [1, 2, 2, 1] };

function strides(y: number, x = y): number[] {
  return [1, y, x, 1];
}

interface Convolved {
  readonly size: readonly [number, number, number];
  readonly kernel?: readonly [number, number];
  readonly outputs?: number;
  readonly stride?: number;
  readonly padding?: string;
  readonly fused?: readonly string[];
  readonly each?: boolean;
}

/** A graph of one convolution. */
function convolved(of: Convolved, more: object = {}): MadeGraph {
  const { size, kernel = [3, 3], outputs = 8, stride = 1, padding = "SAME", each = false } = of;
  const [, , inputs] = size;
  const made = new MadeGraph([1, ...size]);
  const weights = made.constant([...kernel, inputs, each ? 1 : outputs]);
  const bias = made.constant([each ? inputs : outputs]);
  const op = each ? "FusedDepthwiseConv2dNative" : "_FusedConv2D";
  const attributes = { strides: strides(stride), padding, fused_ops: of.fused ?? BIAS, ...more };
  made.node(op, ["input", weights, bias], attributes);
  return made;
}

/** Gives a graph weights that are whole numbers, scaled; the same graph with these as they are. */
function narrowed(made: MadeGraph, Whole: typeof Uint8Array | typeof Uint16Array): GraphFiles {
  const quantization = {
    dtype: Whole === Uint8Array ? "uint8" : "uint16",
    scale: 0.0137,
    min: -1.4,
  };
  const counts = [...made.constants.values()].map(({ values }) => values.length);
  const length = counts.reduce((sum, count) => sum + count);
  const numbers = new Whole(Array.from({ length }, (_, i) => (i * 41) % 256));
  let at = 0;
  for (const { values } of made.constants.values())
    values.forEach((_, i) => {
      values[i] = (numbers[at++] as number) * quantization.scale + quantization.min;
    });
  const { topology } = made.files();
  const weights = topology.weightsManifest[0]?.weights.map((entry) => ({ ...entry, quantization }));
  const weightsManifest = [{ paths: [], weights }] as unknown as typeof topology.weightsManifest;
  return { topology: { ...topology, weightsManifest }, weights: numbers.buffer as ArrayBuffer };
}

const CONVOLUTIONS: readonly Convolved[] = [
  { size: [13, 17, 3], outputs: 16, padding: "VALID" },
  { size: [9, 11, 5], outputs: 7 },
  { size: [12, 10, 1], kernel: [6, 6], outputs: 12, stride: 2 },
  { size: [7, 5, 4], kernel: [5, 3], outputs: 9, stride: 2 },
  { size: [6, 6, 24], outputs: 20 },
  { size: [11, 30, 19], kernel: [1, 1], outputs: 25 },
  { size: [5, 1, 8], kernel: [1, 1], outputs: 3 },
  { size: [8, 8, 6], kernel: [1, 1], outputs: 8, stride: 2, padding: "VALID" },
  { size: [1, 1, 33], kernel: [1, 1], outputs: 40 },
  ...[2, 3, 4, 5].map((width) => ({ size: [3, width, 3] as const, outputs: 8 })),
  { size: [10, 14, 13], each: true },
  { size: [10, 14, 13], each: true, kernel: [5, 5], stride: 2 },
  { size: [9, 9, 4], each: true, kernel: [3, 3], stride: 2 },
  { size: [2, 2, 9], each: true, kernel: [5, 5] },
  { size: [3, 3, 9], each: true },
];

describe.each(HERE)("%s", (_, bytes) => {
  let module: WebAssembly.Module;

  beforeAll(async () => {
    module = await WebAssembly.compile(bytes);
  });

  async function open(made: MadeGraph): Promise<KernelGraph> {
    return new KernelGraph(made.files(), await instantiate(module), () => undefined);
  }

  async function expectSame(made: MadeGraph, input = made.numbers(count(made)), apart = 1e-5) {
    const expected = slowAnswer(made, input);
    const graph = await open(made);
    // The second run finds what the first left behind.
    await graph.run(made.numbers(count(made)), made.shape);
    const { values, shape } = await graph.run(input, made.shape);
    expect(shape).toEqual(expected.shape);
    const largest = Math.max(...Array.from(expected.values, Math.abs));
    const furthest = Math.max(
      ...values.map((value, i) => Math.abs(value - (expected.values[i] as number))),
    );
    expect(furthest).toBeLessThanOrEqual(apart * largest);
  }

  test.each(CONVOLUTIONS.map((of) => [JSON.stringify(of), of] as const))(
    "a convolution gives what its definition does: %s",
    (_, of) => expectSame(convolved(of)),
  );

  test("sides that the graph names are padded by as much", () => {
    const sides = { padding: "EXPLICIT", explicit_paddings: [0, 0, 1, 2, 3, 0, 0, 0] };
    return expectSame(convolved({ size: [7, 9, 3] }, sides));
  });

  test.each(["Relu", "Relu6", "Elu", "Sigmoid", "Tanh", "LeakyRelu"])(
    "%s stands behind convolutions of both kinds",
    async (kind) => {
      const fused = ["BiasAdd", kind];
      const more = { leakyrelu_alpha: 0.3 };
      await expectSame(convolved({ size: [6, 7, 10], fused }, more));
      await expectSame(convolved({ size: [6, 7, 10], fused, each: true }, more));
    },
  );

  test("a slope for each channel", async () => {
    const made = new MadeGraph([1, 5, 5, 3]);
    const conv = ["input", made.constant([3, 3, 3, 10]), made.constant([10])];
    const fused = { fused_ops: ["BiasAdd", "Prelu"], padding: "SAME", strides: strides(1) };
    const first = made.node("_FusedConv2D", [...conv, made.constant([10])], fused);
    made.node("Prelu", [first, made.constant([1, 1, 10])]);
    await expectSame(made);
  });

  test.each([
    ["MaxPool", "SAME", 3, 2, 11],
    ["MaxPool", "VALID", 2, 2, 9],
    ["MaxPool", "SAME", 2, 1, 5],
    ["AvgPool", "SAME", 3, 1, 6],
    ["AvgPool", "VALID", 2, 2, 7],
  ] as const)("%s %s of %i by steps of %i", (op, padding, size, step, side) => {
    const made = new MadeGraph([1, side, side + 1, 5]);
    made.node(op, ["input"], { ksize: strides(size), strides: strides(step), padding });
    return expectSame(made);
  });

  test.each([
    [6, 8, "SAME"],
    [7, 9, "SAME"],
    [7, 9, "VALID"],
  ] as const)("a convolution of %i by %i is pooled at once, %s", (height, width, padding) => {
    const made = convolved({ size: [height, width, 3], outputs: 12 });
    const pooled = made.node("MaxPool", ["n0"], { ...HALVING, padding });
    made.node("LeakyRelu", [pooled], { alpha: 0.1 });
    return expectSame(made);
  });

  test.each([
    [8, 8, 18, 24],
    [12, 9, 16, 17],
    [5, 6, 40, 32],
    [2, 3, 16, 16],
    [24, 24, 16, 16],
  ])("tiles of %i by %i, %i channels to %i", async (height, width, channels, outputs) => {
    for (const pool of [false, true]) {
      const made = convolved({ size: [height, width, 2], outputs: channels });
      const more = { padding: "SAME", strides: strides(1), fused_ops: BIAS };
      const next = [made.constant([3, 3, channels, outputs]), made.constant([outputs])];
      const conv = made.node("_FusedConv2D", ["n0", ...next], more);
      if (pool) made.node("MaxPool", [conv], { ...HALVING, padding: "VALID" });
      await expectSame(made);
    }
  });

  test("a tile that reaches over the last row leaves what lies behind it alone", () => {
    const made = convolved({ size: [13, 12, 17], kernel: [1, 1], outputs: 16 });
    const tiled = ["n0", made.constant([3, 3, 16, 16])];
    const conv = made.node("Conv2D", tiled, { padding: "SAME", strides: strides(1) });
    made.node("Mul", [conv, "n0"]);
    return expectSame(made);
  });

  test("a block with swish, squeeze and excitation, and a residual sum", async () => {
    const made = new MadeGraph([1, 7, 7, 3]);
    const conv = (from: string, kernel: number[], op: string, fused = BIAS, stride = 1) =>
      made.node(
        op,
        [
          from,
          made.constant(kernel),
          made.constant([(kernel[3] === 1 ? kernel[2] : kernel[3]) as number]),
        ],
        { padding: "SAME", strides: strides(stride), fused_ops: fused },
      );
    const swish = (from: string) => made.node("Mul", [from, made.node("Sigmoid", [from])]);
    const stem = swish(conv("input", [3, 3, 3, 20], "_FusedConv2D", BIAS, 2));
    const wide = swish(conv(stem, [1, 1, 20, 44], "_FusedConv2D"));
    const each = swish(conv(wide, [5, 5, 44, 1], "FusedDepthwiseConv2dNative"));
    const mean = made.node("Mean", [each, made.constant([2], [1, 2])], { keep_dims: true });
    const small = swish(conv(mean, [1, 1, 44, 5], "_FusedConv2D"));
    const gate = conv(small, [1, 1, 5, 44], "_FusedConv2D", ["BiasAdd", "Sigmoid"]);
    const back = conv(made.node("Mul", [each, gate]), [1, 1, 44, 20], "_FusedConv2D");
    const sum = made.node("AddV2", [stem, back]);
    const flat = made.node("Mean", [sum, made.constant([2], [1, 2])], { keep_dims: false });
    const head = [flat, made.constant([20, 7]), made.constant([7])];
    made.node("Softmax", [made.node("_FusedMatMul", head, { fused_ops: BIAS })]);
    await expectSame(made);
  });

  test.each(["AddV2", "Sub", "Mul"])("%s with a constant, one number, and a picture", (op) => {
    const made = convolved({ size: [5, 4, 6], outputs: 11 });
    const channels = made.node(op, ["n0", made.constant([11])]);
    const single = made.node(op, [channels, made.constant([], [0.7])]);
    made.node(op, [single, "n0"]);
    return expectSame(made);
  });

  test("a picture of one pixel is reshaped to a row", () => {
    const made = convolved({ size: [1, 1, 12], kernel: [1, 1], outputs: 9 });
    made.node("Reshape", ["n0", made.constant([2], [-1, 9])]);
    return expectSame(made);
  });

  test.each([
    [-1, 9],
    [1, -1],
  ])("a row is a picture of one pixel, and stays a row as [%i, %i]", (count, channels) => {
    const made = new MadeGraph([1, 12]);
    const row = made.node("MatMul", ["input", made.constant([12, 9])]);
    made.node("Reshape", [row, made.constant([2], [count, channels])]);
    return expectSame(made);
  });

  test.each([
    [5, 4, 6],
    [7, 3, 1],
    [1, 6, 17],
  ])("a product with all of a picture of %i by %i by %i, which is laid out as a row", (...size) => {
    const count = size[0] * size[1] * size[2];
    const made = new MadeGraph([1, ...size]);
    const row = made.node("Reshape", ["input", made.constant([2], [-1, count])]);
    const inner = [row, made.constant([count, 13]), made.constant([13])];
    const first = made.node("_FusedMatMul", inner, { fused_ops: ["BiasAdd", "Relu"] });
    made.node("Softmax", [made.node("MatMul", [first, made.constant([13, 7])])]);
    return expectSame(made);
  });

  test("a convolution's picture, a row and two products with it, one joined to the other", () => {
    const made = convolved({ size: [6, 6, 5], outputs: 9, fused: ["BiasAdd", "Relu"] });
    const pooled = made.node("MaxPool", ["n0"], { ...HALVING, padding: "VALID" });
    const row = made.node("Reshape", [pooled, made.constant([2], [1, -1])]);
    const [one, two] = [4, 4].map((outputs) =>
      made.node("MatMul", [row, made.constant([81, outputs])]),
    ) as [string, string];
    made.node("AddV2", [one, two]);
    return expectSame(made);
  });

  test("a picture that is laid out as a row for anything but a product is refused", async () => {
    const made = convolved({ size: [6, 6, 5] });
    const row = made.node("Reshape", ["n0", made.constant([2], [1, -1])]);
    made.node("Softmax", [row]);
    await expect(open(made)).rejects.toThrow("operator Reshape of a picture is unknown");
  });

  test.each([
    [[1, 2, 5], "operator Reshape with its shape is unknown"],
    [[1, 1, 2, 5], "operator Reshape with its shape is unknown"],
    [[1, 9], "n1 makes other channels"],
  ])("a row of 10 is not reshaped to %j", async (shape, words) => {
    const made = new MadeGraph([1, 10]);
    const row = made.node("MatMul", ["input", made.constant([10, 10])]);
    made.node("Reshape", [row, made.constant([shape.length], shape)]);
    made.node("Softmax", ["n1"]);
    await expect(open(made)).rejects.toThrow(words);
  });

  test.each(["AddV2", "Mul"])(
    "%s of one pixel for all with a picture, in either order",
    async (op) => {
      for (const turned of [false, true]) {
        const made = convolved({ size: [5, 4, 6], outputs: 11, fused: ["BiasAdd", "Relu"] });
        const mean = made.node("Mean", ["n0", made.constant([2], [1, 2])], { keep_dims: true });
        const all = made.node(op, turned ? [mean, "n0"] : ["n0", mean]);
        const conv = [mean, made.constant([1, 1, 11, 11])];
        const pixel = made.node("Conv2D", conv, { padding: "SAME", strides: strides(1) });
        made.node(op, turned ? [pixel, all] : [all, pixel]);
        await expectSame(made);
      }
    },
  );

  test.each([
    [1, 11],
    [11, 1],
    [11, 8],
  ])("one pixel of %i channels is not combined with a picture of %i", async (one, all) => {
    for (const turned of [false, true]) {
      const made = convolved({ size: [5, 4, 6], outputs: one });
      const mean = made.node("Mean", ["n0", made.constant([2], [1, 2])], { keep_dims: true });
      const conv = ["input", made.constant([1, 1, 6, all])];
      const picture = made.node("Conv2D", conv, { padding: "SAME", strides: strides(1) });
      made.node("Mul", turned ? [mean, picture] : [picture, mean]);
      await expect(open(made)).rejects.toThrow("of another size");
    }
  });

  test("a picture is not taken from one pixel", async () => {
    const made = convolved({ size: [5, 4, 6] });
    const mean = made.node("Mean", ["n0", made.constant([2], [1, 2])], { keep_dims: true });
    made.node("Sub", [mean, "n0"]);
    await expect(open(made)).rejects.toThrow("of another size");
  });

  test("sigmoids stay within two millionths, however far out", async () => {
    const made = new MadeGraph([1, 1, 64, 8]);
    made.node("Sigmoid", ["input"]);
    const far = Float32Array.from({ length: 512 }, (_, i) => (i - 256) / 2.9);
    await expectSame(made, far, 2e-7);
  });

  test("rows that are alike are told from such as only look it", async () => {
    const made = convolved({ size: [32, 32, 3], outputs: 8, padding: "VALID" });
    const pooled = made.node("MaxPool", ["n0"], { ...HALVING, padding: "SAME" });
    const each = made.node("DepthwiseConv2dNative", [pooled, made.constant([3, 3, 8, 1])], {
      padding: "SAME",
      strides: strides(1),
    });
    made.node("MaxPool", [each], { ...HALVING, padding: "SAME" });
    for (const black of [0, 1, 9, 20, 31, 32]) {
      const input = made.numbers(32 * 32 * 3).fill(0.25, (32 - black) * 32 * 3);
      await expectSame(made, input);
    }
  });

  test("one graph takes pictures of several sizes, and keeps what it made for each", async () => {
    const made = convolved({ size: [8, 8, 3] });
    const graph = await open(made);
    const small = made.numbers(192);
    const large = made.numbers(432);
    const before = (await graph.run(small, [1, 8, 8, 3])).values;
    await graph.run(large, [1, 12, 12, 3]);
    const { pieces } = graph;
    expect((await graph.run(small, [1, 8, 8, 3])).values).toEqual(before);
    expect(graph.pieces).toBe(pieces);
  });

  test.each([
    ["in tiles", { size: [8, 8, 18], outputs: 21 }],
    ["as they stand", { size: [6, 6, 3], outputs: 9 }],
    ["each for itself", { size: [6, 6, 5], each: true }],
  ] as const)(
    "weights of a byte or two are taken as the floats that they stand for: %s",
    async (_, of) => {
      const made = convolved(of);
      const input = made.numbers(of.size[0] * of.size[1] * of.size[2]);
      for (const Whole of [Uint8Array, Uint16Array]) {
        const narrow = narrowed(made, Whole);
        const graph = new KernelGraph(narrow, await instantiate(module), () => {});
        const { values } = await (await open(made)).run(input, made.shape);
        expect((await graph.run(input, made.shape)).values).toEqual(values);
      }
    },
  );

  test.each([8, 6])("pixels %i wide give what their floats do", async (side) => {
    const made = convolved({ size: [side, side, 3] });
    const graph = await open(made);
    const rgba = Uint8ClampedArray.from({ length: side * side * 4 }, (_, i) => (i * 37) % 256);
    const floats = await graph.run(rgbFloats(rgba), made.shape);
    expect((await graph.runPixels(rgba, made.shape)).values).toEqual(floats.values);
  });

  test.each([
    ["an operator", "Erf", ["input"], {}, "operator Erf is unknown"],
    ["a mean", "Mean", ["input", "w0"], {}, "operator Mean with its axes is unknown"],
  ])("%s that the kernels do not know is named", async (_, op, inputs, attributes, words) => {
    const made = new MadeGraph([1, 4, 4, 3]);
    made.constant([1], [3]);
    made.node(op, inputs, attributes);
    await expect(open(made)).rejects.toThrow(words);
  });

  test("an answer that is no number is refused", async () => {
    const made = convolved({ size: [4, 4, 3] });
    const graph = await open(made);
    const input = made.numbers(48).fill(Number.NaN, 0, 1);
    await expect(graph.run(input, made.shape)).rejects.toThrow("not a finite number");
  });

  test("an input of another shape is refused", async () => {
    const graph = await open(convolved({ size: [4, 4, 3] }));
    await expect(graph.run(new Float32Array(96), [2, 4, 4, 3])).rejects.toThrow("shape 2,4,4,3");
    await expect(graph.run(new Float32Array(47), [1, 4, 4, 3])).rejects.toThrow("47 values");
  });

  test.each([63, 65])("%i bytes are not read as 16 pixels", async (bytes) => {
    const graph = await open(convolved({ size: [4, 4, 3] }));
    const rgba = new Uint8ClampedArray(bytes);
    await expect(graph.runPixels(rgba, [1, 4, 4, 3])).rejects.toThrow(`${bytes} bytes`);
  });

  test("no room is taken for pixels that the kernels do not read", async () => {
    const pieces = async (width: number) => {
      const graph = await open(convolved({ size: [4, width, 3] }));
      await graph.run(new Float32Array(12 * width), [1, 4, width, 3]);
      return graph.pieces;
    };
    expect(await pieces(6)).toBe((await pieces(8)) - 1);
  });
});

function count({ shape }: MadeGraph): number {
  return shape.reduce((product, size) => product * size, 1);
}
