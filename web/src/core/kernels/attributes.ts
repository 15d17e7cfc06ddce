import { BackendError } from "../backend";
import type { Padding } from "./net";

/** A node of a TF.js graph: protobuf as JSON, with numbers as texts and texts in base64. */
export interface Node {
  readonly name: string;
  readonly op: string;
  readonly input?: readonly string[];
  readonly attr?: Readonly<Record<string, Value>>;
}

interface Value {
  readonly s?: string;
  readonly i?: string | number;
  readonly f?: number;
  readonly b?: boolean;
  readonly shape?: { readonly dim?: readonly { readonly size: string | number }[] };
  readonly list?: { readonly i?: readonly (string | number)[]; readonly s?: readonly string[] };
}

/** Reads a node's attributes by name. */
export class Attributes {
  constructor(private readonly node: Node) {}

  text(name: string, otherwise: string): string {
    const coded = this.value(name)?.s;
    return coded === undefined ? otherwise : atob(coded);
  }

  texts(name: string): string[] {
    return (this.value(name)?.list?.s ?? []).map((coded) => atob(coded));
  }

  number(name: string, otherwise: number): number {
    const value = this.value(name);
    return Number(value?.f ?? value?.i ?? otherwise);
  }

  numbers(name: string): number[] {
    return (this.value(name)?.list?.i ?? []).map(Number);
  }

  flag(name: string): boolean {
    return this.value(name)?.b ?? false;
  }

  padding(): Padding {
    const kind = this.text("padding", "VALID");
    if (kind === "SAME") return "same";
    if (kind === "VALID") return "valid";
    const [, , top, bottom, left, right] = this.numbers("explicit_paddings");
    if (kind !== "EXPLICIT" || right === undefined)
      throw new BackendError(`operator ${this.node.op} with padding ${kind} is unknown`);
    return { top, bottom, left, right } as Padding;
  }

  private value(name: string): Value | undefined {
    return this.node.attr?.[name];
  }
}
