import type { io } from "@tensorflow/tfjs-core";
import { BackendError } from "../backend";
import type { Constant, Stored } from "./net";

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
    const own = new Uint8Array(bytes, at, count * BYTES[kind]);
    constants.set(entry.name, {
      shape: entry.shape,
      get stored() {
        return storedAs(own, kind, entry);
      },
      get values() {
        return widen(storedAs(own, kind, entry));
      },
    });
    at += own.length;
  }
  return constants;
}

function storedAs(bytes: Uint8Array, kind: Kind, { quantization }: Entry): Stored {
  const { scale = 1, min = 0 } = quantization ?? {};
  switch (kind) {
    case "uint8":
      return { bytes, size: 1, scale, min };
    case "uint16":
      return { bytes, size: 2, scale, min };
    case "float32":
      return floats(bytes);
    case "int32":
      return floats(Float32Array.from(new Int32Array(aligned(bytes))));
    case "float16":
      return floats(halves(new Uint16Array(aligned(bytes))));
  }
}

function floats({ buffer, byteOffset, byteLength }: Uint8Array | Float32Array): Stored {
  return { bytes: new Uint8Array(buffer, byteOffset, byteLength), size: 4, scale: 1, min: 0 };
}

/** A view of wider values needs an aligned start, which the file does not promise. */
function aligned(bytes: Uint8Array): ArrayBuffer {
  return bytes.slice().buffer as ArrayBuffer;
}

/** Without a call for each value, which takes long until the loop is optimised. */
function widen({ bytes, size, scale, min }: Stored): Float32Array {
  if (size === 4) return new Float32Array(aligned(bytes));
  const from = size === 1 ? bytes : new Uint16Array(aligned(bytes));
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
