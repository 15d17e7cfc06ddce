import type { io } from "@tensorflow/tfjs-core";
import { BackendError } from "../backend";
import { Attributes, type Node } from "./attributes";
import {
  type Activation,
  type Combination,
  type Constant,
  LINEAR,
  type Operation,
  reshaped,
  type Window,
} from "./net";

type Constants = ReadonlyMap<string, Constant>;

export interface Net {
  /** Of one input; sizes are less than 1 where any will do. */
  readonly shape: readonly number[];
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  readonly operations: readonly Operation[];
}

/** The operations that lead from `input` to `output`, each after those that it reads. */
export function readNet(topology: io.ModelJSON, constants: Constants): Net {
  const nodes = (topology.modelTopology as { readonly node?: readonly Node[] }).node ?? [];
  const byName = new Map(nodes.map((node) => [node.name, node]));
  const done = new Set<string>();
  const operations: Operation[] = [];
  const visit = (name: string) => {
    const node = byName.get(name);
    if (!node) throw new BackendError(`there is no node ${name}`);
    if (done.has(name) || node.op === "Const" || node.op === "Placeholder") return;
    done.add(name);
    for (const input of node.input ?? []) if (!input.startsWith("^")) visit(input);
    operations.push(readNode(node, constants));
  };
  visit("output");
  const dim = byName.get("input")?.attr?.["shape"]?.shape?.dim;
  const sizes = (dim ?? []).map(({ size }) => Number(size));
  const [, height = 1, width = 1] = sizes.length === 4 ? sizes : [];
  const channels = sizes.at(-1) ?? 0;
  if (!(channels > 0)) throw new BackendError("the input's channels are not told");
  return { shape: [1, ...sizes.slice(1)], height, width, channels, operations };
}

function readNode(node: Node, constants: Constants): Operation {
  const reader = READERS[node.op];
  if (!reader) throw new BackendError(`operator ${node.op} is unknown`);
  return reader(new NodeReader(node, constants));
}

class NodeReader {
  readonly attributes: Attributes;
  readonly inputs: readonly string[];

  constructor(
    readonly node: Node,
    private readonly constants: Constants,
  ) {
    this.attributes = new Attributes(node);
    this.inputs = (node.input ?? []).filter((name) => !name.startsWith("^"));
  }

  get named() {
    return { name: this.node.name, input: this.tensor(0), activation: LINEAR };
  }

  tensor(index: number): string {
    const name = this.inputs[index];
    if (name === undefined || this.constants.has(name)) throw this.unlike("its inputs");
    return name;
  }

  constant(index: number): Constant {
    const constant = this.constants.get(this.inputs[index] ?? "");
    if (!constant) throw this.unlike("its inputs");
    return constant;
  }

  isConstant(index: number): boolean {
    return this.constants.has(this.inputs[index] ?? "");
  }

  /** One value a channel. */
  channels(index: number): Float32Array {
    const { shape, values } = this.constant(index);
    if ((shape.at(-1) ?? 1) !== values.length) throw this.unlike("its shapes");
    return values;
  }

  unlike(what: string): BackendError {
    return new BackendError(`operator ${this.node.op} with ${what} is unknown`);
  }

  /** What was fused behind a convolution or a product: its bias and its activation. */
  behind(): { readonly bias: Float32Array | null; readonly activation: Activation } {
    const fused = this.attributes.texts("fused_ops");
    const hasBias = fused[0] === "BiasAdd";
    const bias = hasBias ? this.channels(2) : null;
    const rest = hasBias ? fused.slice(1) : fused;
    if (rest.length > 1) throw this.unlike(fused.join(" and "));
    const [kind] = rest;
    if (kind === undefined) return { bias, activation: LINEAR };
    if (kind === "Prelu") return { bias, activation: prelu(this.channels(hasBias ? 3 : 2)) };
    const activation = activationOf(kind, this.attributes.number("leakyrelu_alpha", 0.2));
    if (!activation) throw this.unlike(kind);
    return { bias, activation };
  }

  window(height: number, width: number): Window {
    const [one, strideY = 1, strideX = 1] = this.attributes.numbers("strides");
    const dilations = this.attributes.numbers("dilations");
    if (one !== 1 || dilations.some((each) => each !== 1)) throw this.unlike("its strides");
    if (this.attributes.text("data_format", "NHWC") !== "NHWC") throw this.unlike("its layout");
    return { height, width, strideY, strideX, padding: this.attributes.padding() };
  }
}

type Reader = (from: NodeReader) => Operation;

const READERS: Readonly<Record<string, Reader>> = {
  Conv2D: convolution,
  _FusedConv2D: convolution,
  DepthwiseConv2dNative: depthwise,
  FusedDepthwiseConv2dNative: depthwise,
  MatMul: product,
  _FusedMatMul: product,
  MaxPool: (from) => pooling(from, "max"),
  AvgPool: (from) => pooling(from, "average"),
  Add: (from) => combination(from, "add"),
  AddV2: (from) => combination(from, "add"),
  BiasAdd: (from) => combination(from, "add"),
  Sub: (from) => combination(from, "subtract"),
  Mul: (from) => combination(from, "multiply"),
  Relu: activated,
  Relu6: activated,
  LeakyRelu: activated,
  Elu: activated,
  Sigmoid: activated,
  Tanh: activated,
  Prelu: (from) => single(from, prelu(from.channels(1))),
  Mean: mean,
  Softmax: (from) => ({ kind: "softmax", ...from.named }),
  Identity: (from) => single(from, LINEAR),
  Reshape: reshape,
};

function convolution(from: NodeReader): Operation {
  const weights = from.constant(1);
  const [height = 0, width = 0] = weights.shape;
  const window = from.window(height, width);
  const more = { weights, window, other: null, pooled: null };
  return { kind: "convolution", ...from.named, ...more, ...from.behind() };
}

function depthwise(from: NodeReader): Operation {
  const weights = from.constant(1);
  const [height = 0, width = 0, , multiplier] = weights.shape;
  if (multiplier !== 1) throw from.unlike("a multiplier");
  const window = from.window(height, width);
  return { kind: "depthwise", ...from.named, weights, window, ...from.behind() };
}

/** A product with a matrix is a convolution of a picture of one pixel. */
function product(from: NodeReader): Operation {
  const matrix = from.constant(1);
  if (from.attributes.flag("transpose_a") || from.attributes.flag("transpose_b"))
    throw from.unlike("a transposition");
  const window = { height: 1, width: 1, strideY: 1, strideX: 1, padding: "valid" } as const;
  const weights = reshaped(matrix, [1, 1, ...matrix.shape]);
  const more = { weights, window, other: null, pooled: null };
  return { kind: "convolution", ...from.named, ...more, ...from.behind() };
}

function pooling(from: NodeReader, of: "max" | "average"): Operation {
  const [one, height = 1, width = 1, last] = from.attributes.numbers("ksize");
  if (one !== 1 || last !== 1) throw from.unlike("its window");
  return { kind: "pooling", of, ...from.named, window: from.window(height, width) };
}

function combination(from: NodeReader, by: Combination["by"]): Operation {
  const { name } = from.node;
  // Only a difference minds which of the two comes first.
  const [first, second] = from.isConstant(0) && by !== "subtract" ? [1, 0] : [0, 1];
  const other = from.isConstant(second) ? from.channels(second) : from.tensor(second);
  return {
    kind: "combination",
    by,
    name,
    input: from.tensor(first),
    other,
    reshaped: null,
    activation: LINEAR,
  };
}

function single(from: NodeReader, activation: Activation): Operation {
  return {
    kind: "combination",
    by: "copy",
    ...from.named,
    other: null,
    reshaped: null,
    activation,
  };
}

function activated(from: NodeReader): Operation {
  const activation = activationOf(from.node.op, from.attributes.number("alpha", 0.2));
  if (!activation) throw from.unlike("its slope");
  return single(from, activation);
}

function mean(from: NodeReader): Operation {
  const axes = [...from.constant(1).values].map((axis) => (axis + 4) % 4).sort();
  if (axes.join() !== "1,2") throw from.unlike("its axes");
  return { kind: "mean", flat: !from.attributes.flag("keep_dims"), ...from.named };
}

function reshape(from: NodeReader): Operation {
  const { values } = from.constant(1);
  const isPixel = values.slice(0, -1).every((size) => size === 1 || size === -1);
  if (![2, 4].includes(values.length) || !isPixel) throw from.unlike("its shape");
  const shape = { flat: values.length === 2, channels: values.at(-1) as number };
  return { kind: "combination", by: "copy", ...from.named, other: null, reshaped: shape };
}

function prelu(slopes: Float32Array): Activation {
  return { ...LINEAR, kind: "prelu", slopes };
}

/** Null for one that is unknown. */
function activationOf(name: string, alpha: number): Activation | null {
  switch (name) {
    case "Relu":
      return { ...LINEAR, slope: 0 };
    case "Relu6":
      return { ...LINEAR, slope: 0, cap: 6 };
    case "LeakyRelu":
      return alpha <= 1 ? { ...LINEAR, slope: alpha } : null;
    case "Elu":
      return { ...LINEAR, kind: "elu" };
    case "Sigmoid":
      return { ...LINEAR, kind: "sigmoid" };
    case "Tanh":
      return { ...LINEAR, kind: "tanh" };
    default:
      return null;
  }
}
