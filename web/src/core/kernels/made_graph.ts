import type { GraphFiles } from "../backend";

export interface MadeNode {
  readonly name: string;
  readonly op: string;
  readonly inputs: readonly string[];
  readonly attributes: Readonly<Record<string, unknown>>;
}

export interface MadeConstant {
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

/** For tests: a TF.js graph, node by node; the last one is its output. */
export class MadeGraph {
  readonly nodes: MadeNode[] = [];
  readonly constants = new Map<string, MadeConstant>();
  private seed = 1;

  constructor(readonly shape: readonly number[]) {}

  /** Numbers that look random and are always the same. */
  numbers(count: number): Float32Array {
    return Float32Array.from({ length: count }, () => {
      this.seed = (this.seed * 48_271) % 2_147_483_647;
      return this.seed / 1_073_741_823.5 - 1;
    });
  }

  constant(shape: readonly number[], values?: readonly number[]): string {
    const name = `w${this.constants.size}`;
    const count = shape.reduce((product, size) => product * size, 1);
    const given = values ? Float32Array.from(values) : this.numbers(count);
    this.constants.set(name, { shape, values: given });
    return name;
  }

  node(op: string, inputs: readonly string[], attributes: MadeNode["attributes"] = {}): string {
    const name = `n${this.nodes.length}`;
    this.nodes.push({ name, op, inputs, attributes });
    return name;
  }

  files(): GraphFiles {
    const last = this.nodes.at(-1)?.name;
    const named = (name: string) => (name === last ? "output" : name);
    const dim = this.shape.map((size) => ({ size: String(size) }));
    const node = [
      { name: "input", op: "Placeholder", attr: { shape: { shape: { dim } } } },
      ...[...this.constants.keys()].map((name) => ({ name, op: "Const" })),
      ...this.nodes.map(({ name, op, inputs, attributes }) => ({
        name: named(name),
        op,
        input: inputs.map(named),
        attr: Object.fromEntries(Object.entries(attributes).map(([key, it]) => [key, coded(it)])),
      })),
    ];
    const weights = [...this.constants].map(([name, { shape }]) => ({
      name,
      shape: [...shape],
      dtype: "float32" as const,
    }));
    const values = [...this.constants.values()].flatMap((constant) => [...constant.values]);
    const topology = {
      modelTopology: { node },
      weightsManifest: [{ paths: ["weights.bin"], weights }],
    };
    return { topology, weights: Float32Array.from(values).buffer };
  }
}

/** As protobuf is written in JSON. */
function coded(value: unknown): object {
  if (typeof value === "string") return { s: btoa(value) };
  if (typeof value === "number") return { f: value };
  if (typeof value === "boolean") return { b: value };
  const list = value as readonly (string | number)[];
  if (typeof list[0] === "string") return { list: { s: list.map((each) => btoa(String(each))) } };
  return { list: { i: list.map(String) } };
}
