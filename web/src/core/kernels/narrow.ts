import { LINEAR, type Operation } from "./net";
import { hasBorder, type Picture } from "./picture";
import type { Packed } from "./prepare";

/** From this width on rows fill tiles of pixels well enough as they are. */
const TILED_WIDTH = 6;

type Constants = ReadonlyMap<Operation, Packed>;

/** A 1 × 1 convolution whose rows are narrow and lie apart makes them as one first. */
export function joinRows(
  operations: readonly Operation[],
  packed: Constants,
  pictures: ReadonlyMap<string, Picture>,
): { readonly operations: readonly Operation[]; readonly packed: Constants } {
  const known = new Map(packed);
  const joined = operations.flatMap((operation) => {
    const pair = pictures.get(operation.name);
    if (!pair || !isApart(operation, pair)) return [operation];
    const { name, activation } = operation;
    const constants = packed.get(operation) as Packed;
    const rows: Operation = { ...operation, name: `${name} in one row`, activation: LINEAR };
    const from = { name, input: rows.name, activation };
    const copy: Operation = {
      kind: "combination",
      by: "copy",
      ...from,
      other: null,
      reshaped: null,
    };
    known.set(rows, { ...constants, slopes: 0 });
    known.set(copy, { ...constants, other: 0 });
    return [rows, copy];
  });
  return { operations: joined, packed: known };
}

function isApart(operation: Operation, picture: Picture): boolean {
  if (operation.kind !== "convolution" || operation.other !== null || operation.pooled)
    return false;
  const { height, width, strideX, strideY } = operation.window;
  if (height * width * strideX * strideY !== 1) return false;
  return hasBorder(picture) && picture.width < TILED_WIDTH && picture.height > 1;
}
