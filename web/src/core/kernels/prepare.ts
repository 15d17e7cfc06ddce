import { BackendError } from "../backend";
import type { Operation } from "./net";
import { packConvolution, packRows, whole } from "./pack";
import type { Net } from "./read_net";

/** Where an operation's constants lie; 0 where it has none. */
export interface Packed {
  readonly weights: number;
  readonly bias: number;
  readonly slopes: number;
  readonly other: number;
  /** Channels that come out. */
  readonly channels: number;
}

export interface Prepared {
  readonly packed: ReadonlyMap<Operation, Packed>;
  readonly channels: number;
  /** Floats from one of the input's pixels to the next. */
  readonly pitch: number;
}

type Put = (values: Float32Array) => number;

/** Packs all constants of a net as the kernels want them. */
export function prepare({ channels, operations }: Net, put: Put): Prepared {
  const counts = new Map([["input", channels]]);
  const packed = new Map<Operation, Packed>();
  // Only convolutions can do with channels that fill no vector.
  const dense = operations.every((each) => each.kind === "convolution" || each.input !== "input");
  const pitch = dense ? channels : whole(channels);
  for (const operation of operations) {
    const { name, input } = operation;
    const inputs = counts.get(input) ?? 0;
    const each = pack(operation, inputs, input === "input" ? pitch : whole(inputs), put);
    packed.set(operation, each);
    counts.set(name, each.channels);
  }
  return { packed, channels, pitch };
}

function pack(operation: Operation, inputs: number, pitch: number, put: Put): Packed {
  const { activation, kind } = operation;
  const channels = channelsOf(operation, inputs);
  const row = (values: Float32Array | null) => put(packRows(spread(values, channels), channels));
  const slopes = activation.slopes ? row(activation.slopes) : 0;
  const none = { weights: 0, bias: 0, slopes, other: 0, channels };
  if (kind === "convolution") {
    const weights = put(packConvolution(operation.weights, pitch));
    return { ...none, weights, bias: row(operation.bias) };
  }
  if (kind === "depthwise") {
    const weights = put(packRows(operation.weights.values, channels));
    return { ...none, weights, bias: row(operation.bias) };
  }
  const isConstant = kind === "combination" && operation.other instanceof Float32Array;
  return isConstant ? { ...none, other: row(operation.other as Float32Array) } : none;
}

function channelsOf(operation: Operation, inputs: number): number {
  if (operation.kind !== "convolution" && operation.kind !== "depthwise") return inputs;
  const [, , taken, made = 0] = operation.weights.shape;
  if (taken !== inputs) throw new BackendError(`${operation.name} takes other channels`);
  return operation.kind === "convolution" ? made : inputs;
}

/** One value a channel, of none, one or as many. */
function spread(values: Float32Array | null, channels: number): Float32Array {
  if (!values) return new Float32Array(channels);
  if (values.length === channels) return values;
  if (values.length !== 1)
    throw new BackendError(`${values.length} values for ${channels} channels`);
  return new Float32Array(channels).fill(values[0] as number);
}
