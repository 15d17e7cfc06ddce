import { BackendError } from "../backend";
import { sizeAfter } from "./measure";
import { type Convolution, LINEAR, type Operation, readsOf, reshaped } from "./net";
import { whole } from "./pack";
import { NO_SIDES, type Picture } from "./picture";
import { channelsOf } from "./prepare";
import type { Net } from "./read_net";

/** A product with all of a picture, laid out as a row, is a convolution as large as the picture. */
export function joinFlattened({ operations, height, width, channels }: Net): readonly Operation[] {
  if (height < 1 || width < 1) return operations;
  const input = { height, width, channels, pitch: channels, border: NO_SIDES, flat: false };
  const pictures = new Map<string, Picture>([["input", input]]);
  const rows = new Map<string, string>();
  const find = (name: string) => pictures.get(name) as Picture;
  return operations.flatMap((operation) => {
    const laid = rows.get(operation.input);
    if (laid === undefined && readsOf(operation).some((name) => rows.has(name))) throw unknown();
    const joined = laid === undefined ? [operation] : asWindow(operation, laid, find(laid));
    const [first] = joined as [Operation];
    const from = find(first.input);
    const isRow = first.kind === "combination" && first.reshaped?.flat;
    if (isRow && from.height * from.width > 1) {
      rows.set(first.name, first.input);
      return [];
    }
    const made = channelsOf(first, from.channels);
    const size = sizeAfter(first, from, find);
    pictures.set(operation.name, { ...size, channels: made, pitch: whole(made), border: NO_SIDES });
    return joined;
  });
}

function asWindow(product: Operation, laid: string, picture: Picture): Operation[] {
  const { height, width, channels } = picture;
  if (product.kind !== "convolution") throw unknown();
  const [, , taken, made = 0] = product.weights.shape;
  if (taken !== height * width * channels) throw unknown();
  const { name } = product;
  const window: Convolution = {
    ...product,
    name: `${name} of a picture`,
    input: laid,
    weights: reshaped(product.weights, [height, width, channels, made]),
    window: { ...product.window, height, width },
  };
  const row: Operation = {
    kind: "combination",
    by: "copy",
    name,
    input: window.name,
    activation: LINEAR,
    other: null,
    reshaped: { flat: true, channels: -1 },
  };
  return [window, row];
}

function unknown(): BackendError {
  return new BackendError("operator Reshape of a picture is unknown");
}
