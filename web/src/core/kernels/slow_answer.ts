import type { MadeGraph, MadeNode } from "./made_graph";

interface Tensor {
  readonly shape: readonly number[];
  readonly values: ArrayLike<number>;
}

type Given = readonly Tensor[];

/** For tests: what a graph says to an input, as plainly as the operators are defined. */
export function slowAnswer(graph: MadeGraph, input: Float32Array): Tensor {
  const known = new Map<string, Tensor>(graph.constants);
  known.set("input", { shape: graph.shape, values: input });
  let last: Tensor = { shape: [], values: [] };
  for (const node of graph.nodes) {
    const given = node.inputs.map((name) => known.get(name) as Tensor);
    last = answer(node, given);
    known.set(node.name, last);
  }
  return last;
}

function answer({ op, attributes }: MadeNode, given: Given): Tensor {
  const [first, second] = given as [Tensor, Tensor];
  switch (op) {
    case "_FusedConv2D":
    case "Conv2D":
      return behind(slide(first, second, attributes, false), given, attributes);
    case "FusedDepthwiseConv2dNative":
    case "DepthwiseConv2dNative":
      return behind(slide(first, second, attributes, true), given, attributes);
    case "_FusedMatMul":
    case "MatMul":
      return behind(multiply(first, second), given, attributes);
    case "MaxPool":
    case "AvgPool":
      return pool(first, attributes, op === "MaxPool");
    case "AddV2":
      return both(first, second, (a, b) => a + b);
    case "Sub":
      return both(first, second, (a, b) => a - b);
    case "Mul":
      return both(first, second, (a, b) => a * b);
    case "Mean":
      return mean(first, attributes);
    case "Softmax":
      return softmax(first);
    case "Reshape":
      return { ...first, shape: [1, first.values.length] };
    case "Identity":
      return first;
    default:
      return bend(op, first, attributes, second);
  }
}

type Attributes = MadeNode["attributes"];

/** Height and width of what comes out, and of what is missing above and to the left. */
function frame({ shape }: Tensor, [high, wide]: readonly number[], attributes: Attributes) {
  const [, strideY = 1, strideX = 1] = attributes["strides"] as number[];
  const [, height = 0, width = 0] = shape;
  const sides = (attributes["explicit_paddings"] as number[]) ?? [];
  const along = (size: number, reach: number, stride: number, before = 0, after = 0) => {
    if (attributes["padding"] !== "SAME")
      return [Math.floor((size + before + after - reach) / stride) + 1, before] as const;
    const count = Math.ceil(size / stride);
    return [count, Math.floor(Math.max((count - 1) * stride + reach - size, 0) / 2)] as const;
  };
  const [rows, top] = along(height, high as number, strideY, sides[2], sides[3]);
  const [columns, left] = along(width, wide as number, strideX, sides[4], sides[5]);
  return { rows, columns, top, left, strideY, strideX, height, width };
}

function slide(input: Tensor, kernel: Tensor, attributes: Attributes, each: boolean): Tensor {
  const [high = 0, wide = 0, inputs = 0, many = 0] = kernel.shape;
  const outputs = each ? inputs : many;
  const { rows, columns, top, left, strideY, strideX, height, width } = frame(
    input,
    kernel.shape,
    attributes,
  );
  const values: number[] = [];
  for (let i = 0; i < rows * columns * outputs; i++) {
    const [row, column, output] = at(i, columns, outputs);
    let sum = 0;
    for (let tap = 0; tap < high * wide * (each ? 1 : inputs); tap++) {
      const [dy, dx, channel] = at(tap, wide, each ? 1 : inputs);
      const [y, x] = [row * strideY + dy - top, column * strideX + dx - left];
      if (y < 0 || x < 0 || y >= height || x >= width) continue;
      const from = each ? output : channel;
      const pixel = input.values[(y * width + x) * inputs + from] as number;
      const place = (dy * wide + dx) * inputs + from;
      sum += pixel * (kernel.values[each ? place : place * outputs + output] as number);
    }
    values.push(sum);
  }
  return { shape: [1, rows, columns, outputs], values };
}

/** Row, column and channel of the i-th value. */
function at(i: number, columns: number, channels: number): [number, number, number] {
  const pixel = Math.floor(i / channels);
  return [Math.floor(pixel / columns), pixel % columns, i % channels];
}

function behind(made: Tensor, given: Given, attributes: Attributes): Tensor {
  const fused = (attributes["fused_ops"] as string[]) ?? [];
  let result = made;
  let next = 2;
  for (const op of fused) {
    if (op === "BiasAdd") result = both(result, given[next++] as Tensor, (a, b) => a + b);
    else if (op === "Prelu") result = bend(op, result, {}, given[next++]);
    else result = bend(op, result, { alpha: attributes["leakyrelu_alpha"] });
  }
  return result;
}

function bend(op: string, tensor: Tensor, attributes: Attributes, slopes?: Tensor): Tensor {
  const alpha = attributes["alpha"] as number;
  const slope = (i: number) => slopes?.values[i % slopes.values.length] as number;
  const kinds: Record<string, (x: number, i: number) => number> = {
    Relu: (x) => Math.max(x, 0),
    Relu6: (x) => Math.min(Math.max(x, 0), 6),
    LeakyRelu: (x) => (x < 0 ? alpha * x : x),
    Prelu: (x, i) => (x < 0 ? slope(i) * x : x),
    Elu: (x) => (x < 0 ? Math.exp(x) - 1 : x),
    Sigmoid: (x) => 1 / (1 + Math.exp(-x)),
    Tanh: Math.tanh,
  };
  const kind = kinds[op];
  if (!kind) throw new Error(`no ${op} here`);
  return { ...tensor, values: Array.from(tensor.values, kind) };
}

function multiply(row: Tensor, matrix: Tensor): Tensor {
  const [inputs = 0, outputs = 0] = matrix.shape;
  const values = Array.from({ length: outputs }, (_, output) => {
    let sum = 0;
    for (let i = 0; i < inputs; i++)
      sum += (row.values[i] as number) * (matrix.values[i * outputs + output] as number);
    return sum;
  });
  return { shape: [1, outputs], values };
}

function pool(input: Tensor, attributes: Attributes, isMax: boolean): Tensor {
  const [, high = 0, wide = 0] = attributes["ksize"] as number[];
  const { rows, columns, top, left, strideY, strideX, height, width } = frame(
    input,
    [high, wide],
    attributes,
  );
  const channels = input.shape[3] as number;
  const values = Array.from({ length: rows * columns * channels }, (_, i) => {
    const [row, column, channel] = at(i, columns, channels);
    const seen: number[] = [];
    for (let tap = 0; tap < high * wide; tap++) {
      const y = row * strideY + Math.floor(tap / wide) - top;
      const x = column * strideX + (tap % wide) - left;
      const isInside = y >= 0 && x >= 0 && y < height && x < width;
      if (isInside) seen.push(input.values[(y * width + x) * channels + channel] as number);
    }
    return isMax ? Math.max(...seen) : seen.reduce((sum, each) => sum + each) / seen.length;
  });
  return { shape: [1, rows, columns, channels], values };
}

function both(a: Tensor, b: Tensor, of: (x: number, y: number) => number): Tensor {
  const large = a.values.length >= b.values.length ? a : b;
  const take = ({ values }: Tensor, i: number) => values[i % values.length] as number;
  const values = Array.from(large.values, (_, i) => of(take(a, i), take(b, i)));
  return { shape: large.shape, values };
}

function mean({ shape, values }: Tensor, attributes: Attributes): Tensor {
  const channels = shape[3] as number;
  const sums = new Array<number>(channels).fill(0);
  for (let i = 0; i < values.length; i++)
    sums[i % channels] = (sums[i % channels] as number) + (values[i] as number);
  const means = sums.map((sum) => (sum * channels) / values.length);
  return { shape: attributes["keep_dims"] ? [1, 1, 1, channels] : [1, channels], values: means };
}

function softmax({ shape, values }: Tensor): Tensor {
  const powers = Array.from(values, Math.exp);
  const sum = powers.reduce((all, each) => all + each, 0);
  return { shape, values: powers.map((power) => power / sum) };
}
