import { expect, test } from "vitest";
import { fuse } from "./fuse";
import { MadeGraph } from "./made_graph";
import { readNet } from "./read_net";
import { readWeights } from "./read_weights";

const SAME = { padding: "SAME", strides: [1, 1, 1, 1] };
const HALVING = { padding: "SAME", strides: [1, 2, 2, 1], ksize: [1, 2, 2, 1] };

function conv(made: MadeGraph, from: string): string {
  return made.node("Conv2D", [from, made.constant([3, 3, 3, 3])], SAME);
}

function fused(made: MadeGraph) {
  const { topology, weights } = made.files();
  return fuse(readNet(topology, readWeights(topology.weightsManifest, weights)).operations);
}

test("a convolution, its pooling and its activation are one operation", () => {
  const made = new MadeGraph([1, 8, 8, 3]);
  made.node("Relu", [made.node("MaxPool", [conv(made, "input")], HALVING)]);
  expect(fused(made)).toMatchObject([
    { kind: "convolution", name: "output", pooled: {}, activation: { slope: 0 } },
  ]);
});

test("x · σ(x) is one activation, in whichever order it is written", () => {
  for (const turned of [false, true]) {
    const made = new MadeGraph([1, 8, 8, 3]);
    const x = conv(made, "input");
    const gate = made.node("Sigmoid", [x]);
    made.node("Mul", turned ? [gate, x] : [x, gate]);
    expect(fused(made)).toMatchObject([{ kind: "convolution", activation: { kind: "swish" } }]);
  }
});

test("a residual sum begins with the other picture", () => {
  const made = new MadeGraph([1, 8, 8, 3]);
  const first = conv(made, "input");
  made.node("AddV2", [conv(made, first), first]);
  expect(fused(made)).toMatchObject([{ other: null }, { name: "output", other: first }]);
});

test("a pixel's convolution takes up the sum with another pixel", () => {
  const made = new MadeGraph([1, 8, 8, 3]);
  const mean = made.node("Mean", ["input", made.constant([2], [1, 2])], { keep_dims: true });
  made.node("AddV2", [mean, conv(made, mean)]);
  expect(fused(made)).toMatchObject([{ kind: "mean" }, { name: "output", other: mean }]);
});

test("what is read twice stays an operation of its own", () => {
  const made = new MadeGraph([1, 8, 8, 3]);
  const first = conv(made, "input");
  made.node("Sub", [made.node("Relu", [first]), first]);
  expect(fused(made).map(({ kind }) => kind)).toEqual([
    "convolution",
    "combination",
    "combination",
  ]);
});
