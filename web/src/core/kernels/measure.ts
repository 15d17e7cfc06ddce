import { BackendError } from "../backend";
import type { Operation, Sides, Window } from "./net";
import { whole } from "./pack";
import { NO_SIDES, type Picture, slide } from "./picture";
import type { Tile } from "./tile";

type Size = Pick<Picture, "height" | "width" | "flat">;

/** What is known of an operation before its input's size is. */
export interface Known {
  /** Channels that come out. */
  readonly channels: number;
  readonly tile: Tile;
}

/** How large everything becomes for an input of one size, and the border that each reader wants. */
export function measure(
  operations: readonly Operation[],
  known: (operation: Operation) => Known,
  input: Picture,
): Map<string, Picture> {
  const pictures = new Map([["input", input]]);
  for (const operation of operations) {
    const input = pictures.get(operation.input) as Picture;
    const { channels, tile } = known(operation);
    const size = sizeAfter(operation, input, (name) => pictures.get(name) as Picture);
    if (size.height < 1 || size.width < 1)
      throw new BackendError(`${operation.name} gets too small a picture`);
    pictures.set(operation.name, { ...size, channels, pitch: whole(channels), border: NO_SIDES });
    if (operation.kind === "convolution" || operation.kind === "depthwise") {
      const border = wider(input.border, reach(input, operation.window, tile));
      pictures.set(operation.input, { ...input, border });
    }
  }
  return pictures;
}

/** What a window or whole tiles want around a picture. */
function reach(input: Picture, window: Window, tile: Tile): Sides {
  const { sides, height, width } = slide(input, window);
  if (!tile) return sides;
  return {
    ...sides,
    bottom: Math.ceil(height / tile) * tile + 2 - input.height - sides.top,
    right: Math.ceil(width / tile) * tile + 2 - input.width - sides.left,
  };
}

/** Height and width of what an operation makes; `find` knows what was made before. */
export function sizeAfter(
  operation: Operation,
  input: Picture,
  find: (name: string) => Picture,
): Size {
  const { height, width, flat } = input;
  switch (operation.kind) {
    case "convolution": {
      const slid = slide(input, operation.window);
      return { ...(operation.pooled ? slide(slid, operation.pooled.window) : slid), flat };
    }
    case "depthwise":
    case "pooling":
      return { ...slide(input, operation.window), flat };
    case "mean":
      return { height: 1, width: 1, flat: operation.flat };
    case "softmax":
      return { height, width, flat };
    case "combination":
      if (height * width > 1) {
        if (operation.reshaped) throw new BackendError("operator Reshape of a picture is unknown");
        return { height, width, flat };
      }
      // One pixel for all may come first where the order is free.
      if (typeof operation.other === "string" && operation.by !== "subtract") {
        const other = find(operation.other);
        return { ...other, flat: flat && other.flat };
      }
      return { height, width, flat: operation.reshaped?.flat ?? flat };
  }
}

function wider(a: Sides, b: Sides): Sides {
  return {
    top: Math.max(a.top, b.top),
    bottom: Math.max(a.bottom, b.bottom),
    left: Math.max(a.left, b.left),
    right: Math.max(a.right, b.right),
  };
}
