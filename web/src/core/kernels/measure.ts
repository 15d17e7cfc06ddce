import { BackendError } from "../backend";
import type { Operation, Sides } from "./net";
import { whole } from "./pack";
import { NO_SIDES, type Picture, slide } from "./picture";
import type { Prepared } from "./prepare";

type Size = Pick<Picture, "height" | "width" | "flat">;

/** How large everything becomes for an input of one size, and the border that each reader wants. */
export function measure(
  operations: readonly Operation[],
  { packed, channels, pitch }: Prepared,
  size: Size,
): Map<string, Picture> {
  const pictures = new Map<string, Picture>();
  pictures.set("input", { ...size, channels, pitch, border: NO_SIDES });
  for (const operation of operations) {
    const input = pictures.get(operation.input) as Picture;
    const made = packed.get(operation)?.channels ?? 0;
    const after = sizeAfter(operation, input);
    if (after.height < 1 || after.width < 1)
      throw new BackendError(`${operation.name} gets too small a picture`);
    const size = { ...after, channels: made, pitch: whole(made), border: NO_SIDES };
    pictures.set(operation.name, size);
    if (operation.kind === "convolution" || operation.kind === "depthwise") {
      const border = wider(input.border, slide(input, operation.window).sides);
      pictures.set(operation.input, { ...input, border });
    }
  }
  return pictures;
}

function sizeAfter(operation: Operation, input: Picture): Size {
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
      if (operation.flat !== null && height * width > 1)
        throw new BackendError("operator Reshape of a picture is unknown");
      return { height, width, flat: operation.flat ?? flat };
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
