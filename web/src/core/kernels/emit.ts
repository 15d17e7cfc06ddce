import { BackendError } from "../backend";
import { type Activation, LINEAR, type Operation, type Window } from "./net";
import {
  hasBorder,
  inset,
  NO_SIDES,
  type Picture,
  pictureBytes,
  pixelBytes,
  rowBytes,
  slide,
} from "./picture";
import type { Packed } from "./prepare";
import { ACTIVATIONS, COMBINATIONS, OPS, POOLINGS, STEP_BYTES, type Step } from "./step";

/** Rows up to this width are taken as one, that few tiles are cut short at their ends. */
const ONE_ROW_WIDTH = 24;
/** Weights beyond these bytes are read once for all rows rather than once a row. */
const MANY = 16 * 1024;

type Of<Kind extends Operation["kind"]> = Extract<Operation, { readonly kind: Kind }>;
type Fields = Omit<Step, "op">;

/** A tensor's picture, and where its border begins. */
export interface Placed {
  readonly picture: Picture;
  readonly at: number;
}

/** Puts operations into the words of the kernels. */
export class Emitter {
  /** Steps that belong to others. */
  readonly parts: Step[] = [];
  private latest = "input";

  constructor(
    private readonly packed: ReadonlyMap<Operation, Packed>,
    private readonly placed: (name: string) => Placed,
    /** Room that the next step alone may use. */
    private readonly lend: (bytes: number) => number,
    private readonly partsAt: number,
    /** Eight of them. */
    private readonly zeroes: number,
  ) {}

  /** Finds the rows of the input that are alike. */
  look(): Step {
    const input = this.placed("input");
    const { width } = input.picture;
    return { op: OPS.look, rowBytes: width * pixelBytes(input.picture), ...from(input) };
  }

  emit(operation: Operation): Step {
    const step = this.step(operation);
    const isByRow = step.op !== OPS.mean && step.op !== OPS.tiles && step.rows !== 1;
    const chained = isByRow && operation.input === this.latest;
    this.latest = operation.name;
    return { ...step, chained: chained && !("other" in step && this.isPicture(operation)) ? 1 : 0 };
  }

  private isPicture(operation: Operation): boolean {
    return "other" in operation && typeof operation.other === "string";
  }

  private step(operation: Operation): Step {
    const input = this.placed(operation.input);
    const output = this.placed(operation.name);
    switch (operation.kind) {
      case "convolution":
        if (this.packed.get(operation)?.tile) return this.tiles(operation, input, output);
        return operation.pooled
          ? this.pooled(operation, operation.pooled, input, output)
          : this.sums(operation, input, output);
      case "depthwise":
        return {
          op: OPS.depthwise,
          ...slid(operation.window, input, output),
          ...this.constants(operation),
        };
      case "pooling":
        return {
          op: OPS.pooling,
          kind: POOLINGS[operation.of],
          ...slid(operation.window, input, output),
          ...from(input),
          ...this.activated(operation),
        };
      case "combination":
        return this.combination(operation, input, output);
      case "mean": {
        const { height, width } = input.picture;
        const scale = 1 / (height * width);
        return { op: OPS.mean, ...from(input), ...to(output), scale };
      }
      case "softmax": {
        const count = output.picture.channels;
        return { op: OPS.softmax, ...from(input), ...to(output), ...ROW_BY_ROW, count };
      }
    }
  }

  private sums(operation: Of<"convolution">, input: Placed, output: Placed): Step {
    const { window, other } = operation;
    const across = window.width * input.picture.pitch;
    const bytes = window.height * across * output.picture.pitch * 4;
    const step = {
      op: OPS.convolution,
      ...slid(window, input, output),
      ...this.constants(operation),
      ...(other === null ? {} : this.beside(other, output.picture)),
      across,
      panelsFirst: bytes > MANY ? 1 : 0,
    };
    const pictures = [input.picture, output.picture];
    if (other !== null) pictures.push(this.placed(other).picture);
    return isOneRow(window, pictures) ? asOneRow(step, output.picture) : step;
  }

  /** The way there, one product of matrices for each number of a tile, and the way back. */
  private tiles(operation: Of<"convolution">, input: Placed, output: Placed): Step {
    const { window, pooled } = operation;
    const { tile = 0, bias = 0, weights = 0 } = this.packed.get(operation) ?? {};
    const { height, width } = slide(input.picture, window);
    const [tilesDown, tilesAcross] = [Math.ceil(height / tile), Math.ceil(width / tile)];
    const parts = this.partsAt + this.parts.length * STEP_BYTES;
    const products = this.products(
      tilesDown * tilesAcross,
      (tile + 2) ** 2,
      input.picture,
      output.picture,
    );
    this.parts.push({ ...products, weights });
    return {
      op: OPS.tiles,
      ...slid(window, input, output),
      ...this.activated(operation),
      bias,
      parts,
      across: input.picture.pitch,
      tile,
      tilesDown,
      tilesAcross,
      pooled: pooled ? 1 : 0,
    };
  }

  /** For each of a tile's numbers the tiles' channels in, and behind all of them those out. */
  private products(tiles: number, numbers: number, before: Picture, after: Picture): Step {
    const [inRow, outRow] = [tiles * pixelBytes(before), tiles * pixelBytes(after)];
    const room = this.lend(numbers * (inRow + outRow));
    return {
      op: OPS.convolution,
      in: room,
      inRow,
      inPix: pixelBytes(before),
      out: room + numbers * inRow,
      outRow,
      outPix: pixelBytes(after),
      width: tiles,
      channels: after.pitch,
      across: before.pitch,
      reach: 1,
      bias: this.zeroes,
      ...bent(LINEAR),
    };
  }

  /** The convolution makes two rows at a time, where the pooling takes them up. */
  private pooled(
    operation: Of<"convolution">,
    pooling: Of<"pooling">,
    input: Placed,
    output: Placed,
  ): Step {
    const { window } = operation;
    const { height, width, sides } = slide(input.picture, window);
    const all = { ...output.picture, height, width, border: NO_SIDES };
    const rows = { picture: all, at: this.lend(pictureBytes({ ...all, height: 2 })) };
    const parts = this.partsAt + this.parts.length * STEP_BYTES;
    const conv = {
      op: OPS.convolution,
      ...slid(window, input, rows),
      ...this.constants(operation),
      ...bent(LINEAR),
      across: window.width * input.picture.pitch,
    };
    const pool = {
      op: OPS.pooling,
      kind: POOLINGS.max,
      ...slid(pooling.window, rows, output),
      ...from(rows),
      ...this.activated(operation),
    };
    this.parts.push(conv, pool);
    const [stride, reach] = [2 * window.strideY, window.strideY + window.height];
    return { ...pool, op: OPS.pooled, stride, above: sides.top, reach, parts };
  }

  private combination(operation: Of<"combination">, input: Placed, output: Placed): Step {
    const { by } = operation;
    const isTurned = isPixel(input.picture) && !isPixel(output.picture);
    const names = [operation.input, operation.other] as const;
    const [first, other] = isTurned ? [names[1] as string, names[0]] : names;
    const { channels } = this.placed(first).picture;
    if (channels !== output.picture.channels) throw unlike(first);
    const constant = { other: this.packed.get(operation)?.other ?? 0, otherRow: 0, otherPix: 0 };
    return {
      op: OPS.combination,
      kind: COMBINATIONS[by],
      ...from(this.placed(first)),
      ...to(output),
      ...ROW_BY_ROW,
      ...this.activated(operation),
      ...(typeof other === "string" ? this.beside(other, output.picture) : constant),
    };
  }

  /** A second picture of the same size, or one pixel for all. */
  private beside(name: string, like: Picture): Fields {
    const { picture, at } = this.placed(name);
    const other = at + inset(picture);
    if (picture.channels !== like.channels) throw unlike(name);
    if (picture.height === like.height && picture.width === like.width)
      return { other, otherRow: rowBytes(picture), otherPix: pixelBytes(picture) };
    if (!isPixel(picture)) throw unlike(name);
    return { other, otherRow: 0, otherPix: 0 };
  }

  private constants(operation: Operation): Fields {
    const { weights = 0, bias = 0 } = this.packed.get(operation) ?? {};
    return { weights, bias, ...this.activated(operation) };
  }

  private activated(operation: Operation): Fields {
    const slopes = this.packed.get(operation)?.slopes ?? 0;
    return { ...bent(operation.activation), slopes };
  }
}

const ROW_BY_ROW = { stride: 1, above: 0, reach: 1 };

function isPixel({ height, width }: Picture): boolean {
  return height * width === 1;
}

function unlike(name: string): BackendError {
  return new BackendError(`${name} is of another size than what it is combined with`);
}

function bent({ kind, slope, cap }: Activation): Fields {
  return { activation: ACTIVATIONS[kind], slope, cap };
}

function from({ picture, at }: Placed): Fields {
  return {
    in: at + inset(picture),
    inRow: rowBytes(picture),
    inPix: pixelBytes(picture),
    inRows: picture.height,
    inWidth: picture.width,
  };
}

function to({ picture, at }: Placed): Fields {
  return {
    out: at + inset(picture),
    outRow: rowBytes(picture),
    outPix: pixelBytes(picture),
    rowBytes: picture.width * pixelBytes(picture),
    rows: picture.height,
    width: picture.width,
    channels: picture.pitch,
  };
}

/** A window over a picture with a border: where it begins, and how it goes on. */
function slid(window: Window, input: Placed, output: Placed): Fields {
  const { sides } = slide(input.picture, window);
  const begin = from(input);
  const back = sides.top * rowBytes(input.picture) + sides.left * pixelBytes(input.picture);
  return {
    ...begin,
    ...to(output),
    in: (begin.in ?? 0) - back,
    inPix: pixelBytes(input.picture) * window.strideX,
    stride: window.strideY,
    strideX: window.strideX,
    above: sides.top,
    left: sides.left,
    reach: window.height,
    reachX: window.width,
  };
}

function isOneRow(window: Window, pictures: readonly Picture[]): boolean {
  const { height, width, strideY, strideX } = window;
  if (height * width * strideX * strideY !== 1 || pictures.some(hasBorder)) return false;
  return pictures.every((picture) => picture.width <= ONE_ROW_WIDTH && picture.width > 1);
}

function asOneRow(step: Step, { height, width }: Picture): Step {
  return { ...step, rows: 1, width: height * width };
}
