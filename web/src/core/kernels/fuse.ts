import {
  type Activation,
  type Combination,
  type Convolution,
  isLinear,
  LINEAR,
  type Operation,
  readsOf,
} from "./net";

/** The same net in fewer operations: what one alone reads is done where it is made. */
export function fuse(operations: readonly Operation[]): Operation[] {
  return [joinSwish, joinSums, joinPooling, joinActivations].reduce(
    (now, join) => join(now),
    [...operations],
  );
}

type Joined = { readonly with: Operation; readonly as: Operation } | null;

/** Lets `join` put an operation and one that it reads into the place of the later. */
function pairs(
  operations: readonly Operation[],
  join: (later: Operation, find: (name: string) => Operation | null) => Joined,
): Operation[] {
  const result: Operation[] = [];
  const counts = countReads(operations);
  for (const operation of operations) {
    const find = (name: string) =>
      counts.get(name) === 1 ? (result.find((each) => each.name === name) ?? null) : null;
    const joined = join(operation, find);
    if (joined) result.splice(result.indexOf(joined.with), 1);
    result.push(joined ? joined.as : operation);
  }
  return result;
}

/** x · σ(x). */
function joinSwish(operations: readonly Operation[]): Operation[] {
  return pairs(operations, (later, find) => {
    if (!isSingle(later, "multiply") || typeof later.other !== "string") return null;
    const { name } = later;
    for (const [x, y] of [
      [later.input, later.other],
      [later.other, later.input],
    ] as const) {
      const sigmoid = find(y);
      if (!sigmoid || sigmoid.input !== x || !isSingle(sigmoid, "copy")) continue;
      if (sigmoid.activation.kind !== "sigmoid") continue;
      const activation: Activation = { ...LINEAR, kind: "swish" };
      return { with: sigmoid, as: { ...sigmoid, name, activation } };
    }
    return null;
  });
}

/** What is added to a convolution's output is where its sums begin, if it is of the same size. */
function joinSums(operations: readonly Operation[]): Operation[] {
  const pixels = pixelsOf(operations);
  return pairs(operations, (later, find) => {
    if (!isSingle(later, "add") || typeof later.other !== "string") return null;
    const { name } = later;
    for (const [made, other] of [
      [later.input, later.other],
      [later.other, later.input],
    ] as const) {
      if (made === other || pixels.has(made) !== pixels.has(other)) continue;
      const maker = find(made);
      if (maker && isPlain(maker)) return { with: maker, as: { ...maker, name, other } };
    }
    return null;
  });
}

/** A 2×2 maximum is taken while the convolution's rows are still near. */
function joinPooling(operations: readonly Operation[]): Operation[] {
  return pairs(operations, (later, find) => {
    if (later.kind !== "pooling" || later.of !== "max") return null;
    const { height, width, strideY, strideX, padding } = later.window;
    const isHalving = [height, width, strideY, strideX].every((size) => size === 2);
    const maker = find(later.input);
    if (!isHalving || typeof padding !== "string" || !maker || !isPlain(maker)) return null;
    return { with: maker, as: { ...maker, name: later.name, pooled: later } };
  });
}

function joinActivations(operations: readonly Operation[]): Operation[] {
  return pairs(operations, (later, find) => {
    if (!isSingle(later, "copy") || later.reshaped !== null) return null;
    const { name, activation } = later;
    const maker = find(later.input);
    const takes = maker && !["mean", "softmax"].includes(maker.kind);
    if (!takes || !isLinear(maker.activation)) return null;
    return { with: maker, as: { ...maker, name, activation } };
  });
}

function isSingle(operation: Operation, by: Combination["by"]): operation is Combination {
  return operation.kind === "combination" && operation.by === by;
}

/** A convolution with nothing behind it yet. */
function isPlain(operation: Operation): operation is Convolution {
  if (operation.kind !== "convolution" || !isLinear(operation.activation)) return false;
  return operation.other === null && operation.pooled === null;
}

/** The means, and what is made of nothing else. */
function pixelsOf(operations: readonly Operation[]): Set<string> {
  const pixels = new Set<string>();
  for (const operation of operations) {
    const isPixel =
      operation.kind === "mean" || readsOf(operation).every((name) => pixels.has(name));
    if (isPixel) pixels.add(operation.name);
  }
  return pixels;
}

function countReads(operations: readonly Operation[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const name of operations.flatMap(readsOf)) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}
