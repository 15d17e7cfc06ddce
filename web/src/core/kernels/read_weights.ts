import type { io } from "@tensorflow/tfjs-core";
import { BackendError } from "../backend";
import type { Constant } from "./net";

type Entry = io.WeightsManifestEntry;

const BYTES = { float32: 4, int32: 4, uint8: 1, uint16: 2, float16: 2 } as const;
type Kind = keyof typeof BYTES;

/** The constants of a graph, widened to float32 as TF.js does it. */
export function readWeights(
  manifest: io.WeightsManifestConfig,
  bytes: ArrayBuffer,
): Map<string, Constant> {
  const constants = new Map<string, Constant>();
  let at = 0;
  for (const entry of manifest.flatMap((group) => group.weights)) {
    const count = entry.shape.reduce((product, size) => product * size, 1);
    const kind = (entry.quantization?.dtype ?? entry.dtype) as Kind;
    if (!(kind in BYTES)) throw new BackendError(`weights of type ${kind} are unknown`);
    const [from, end] = [at, at + count * BYTES[kind]];
    constants.set(entry.name, {
      shape: entry.shape,
      get values() {
        // A view needs an aligned start, which the file does not promise.
        return widen(bytes.slice(from, end), kind, entry);
      },
    });
    at = end;
  }
  return constants;
}

function widen(bytes: ArrayBuffer, kind: Kind, { quantization }: Entry): Float32Array {
  switch (kind) {
    case "float32":
      return new Float32Array(bytes);
    case "int32":
      return Float32Array.from(new Int32Array(bytes));
    case "float16":
      return halves(new Uint16Array(bytes));
    default: {
      const { scale = 1, min = 0 } = quantization ?? {};
      const widened = kind === "uint8" ? new Uint8Array(bytes) : new Uint16Array(bytes);
      return scaled(widened, scale, min);
    }
  }
}

/** Without a call for each value, which takes long until the loop is optimised. */
function scaled(from: Uint8Array | Uint16Array, scale: number, min: number): Float32Array {
  const to = new Float32Array(from.length);
  for (let i = 0; i < to.length; i++) to[i] = (from[i] as number) * scale + min;
  return to;
}

function halves(from: Uint16Array): Float32Array {
  const to = new Float32Array(from.length);
  for (let i = 0; i < to.length; i++) to[i] = half(from[i] as number);
  return to;
}

/** A float16 by its bits. */
export function half(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  if (exponent === 31) return fraction ? Number.NaN : sign * Infinity;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  return sign * (1024 + fraction) * 2 ** (exponent - 25);
}
