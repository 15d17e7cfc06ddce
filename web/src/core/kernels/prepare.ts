import { BackendError } from "../backend";
import { type Known, measure } from "./measure";
import type { Operation } from "./net";
import { PANEL, type Packer, whole } from "./pack";
import { NO_SIDES, type Picture, slide } from "./picture";
import type { Net } from "./read_net";
import { tileFor } from "./tile";

/** Where an operation's constants lie; 0 where it has none. */
export interface Packed extends Known {
  readonly weights: number;
  readonly bias: number;
  readonly slopes: number;
  readonly other: number;
}

export interface Prepared {
  readonly packed: ReadonlyMap<Operation, Packed>;
  readonly channels: number;
  /** Floats from one of the input's pixels to the next. */
  readonly pitch: number;
  /** Where as many zeroes lie as a panel has channels. */
  readonly zeroes: number;
}

/** Packs all constants of a net as the kernels want them. */
export function prepare(net: Net, packer: Packer): Prepared {
  const { channels, operations } = net;
  // Only convolutions can do with channels that fill no vector.
  const dense = operations.every((each) => each.kind === "convolution" || each.input !== "input");
  const pitch = dense ? channels : whole(channels);
  const packed = new Map<Operation, Packed>();
  for (const [operation, known] of learn(net, pitch))
    packed.set(operation, pack(operation, known, packer));
  return { packed, channels, pitch, zeroes: packer.row(new Float32Array(PANEL)) };
}

interface Learnt extends Known {
  /** Floats from one of the pixels that it reads to the next. */
  readonly pitch: number;
}

/** The channels of everything, and where tiles pay, as far as the input's size is known. */
function learn({ operations, height, width, channels }: Net, pitch: number) {
  const counts = new Map([["input", channels]]);
  const learnt = new Map<Operation, Learnt>();
  for (const operation of operations) {
    const inputs = counts.get(operation.input) ?? 0;
    const made = channelsOf(operation, inputs);
    counts.set(operation.name, made);
    const from = operation.input === "input" ? pitch : whole(inputs);
    learnt.set(operation, { channels: made, tile: 0, pitch: from });
  }
  if (height < 1 || width < 1) return learnt;
  const input = { height, width, channels, pitch, border: NO_SIDES, flat: false };
  const pictures = measure(operations, (each) => learnt.get(each) as Learnt, input);
  for (const [operation, known] of learnt) {
    if (operation.kind !== "convolution" || operation.input === "input") continue;
    const picture = pictures.get(operation.input) as Picture;
    learnt.set(operation, { ...known, tile: tileFor(operation, slide(picture, operation.window)) });
  }
  return learnt;
}

function pack(operation: Operation, { channels, tile, pitch }: Learnt, packer: Packer): Packed {
  const { activation, kind } = operation;
  const row = (values: Float32Array | null) => packer.row(spread(values, channels));
  const slopes = activation.slopes ? row(activation.slopes) : 0;
  const none = { weights: 0, bias: 0, slopes, other: 0, channels, tile };
  if (kind === "convolution") {
    const { weights, bias } = operation;
    return { ...none, weights: packer.window(weights, pitch, tile), bias: row(bias) };
  }
  if (kind === "depthwise") {
    const weights = packer.rows(operation.weights, channels);
    return { ...none, weights, bias: row(operation.bias) };
  }
  const isConstant = kind === "combination" && operation.other instanceof Float32Array;
  return isConstant ? { ...none, other: row(operation.other as Float32Array) } : none;
}

/** How many channels an operation makes. */
export function channelsOf(operation: Operation, inputs: number): number {
  if (operation.kind === "combination" && operation.reshaped) {
    if (![-1, inputs].includes(operation.reshaped.channels))
      throw new BackendError(`${operation.name} makes other channels`);
  }
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
