import { Emitter, type Placed } from "./emit";
import { type Operation, readsOf } from "./net";
import { hasBorder, type Picture, pictureBytes, pixelBytes, rowBytes } from "./picture";
import { aligned, Places } from "./places";
import type { Prepared } from "./prepare";
import { OPS, STEP_BYTES, type Step } from "./step";

/** Steps that a convolution may consist of. */
const MOST_PARTS = 2;
/** What no node is called: their names have no spaces. */
const LENT = "lent to a step";

/** Everything that a net does to an input of one size. */
export interface Plan {
  /** Those that are run come first; the others are parts of them. */
  readonly steps: readonly Step[];
  readonly count: number;
  readonly bytes: number;
  readonly input: Placed;
  readonly output: Placed;
}

/** Lays a net out in memory from `start` on: its steps, then the pictures that they make. */
export function plan(
  operations: readonly Operation[],
  prepared: Prepared,
  pictures: ReadonlyMap<string, Picture>,
  start: number,
): Plan {
  return new Planner(operations, pictures, start).plan(prepared);
}

class Planner {
  private readonly places = new Places();
  private readonly at = new Map<string, number>();
  private readonly lastReads = new Map<string, number>();
  private readonly steps: Step[] = [];
  private readonly count: number;
  private readonly base: number;

  constructor(
    private readonly operations: readonly Operation[],
    private readonly pictures: ReadonlyMap<string, Picture>,
    private readonly start: number,
  ) {
    const borders = [...pictures.values()].filter(hasBorder).length;
    const sums = operations.filter((each) => each.kind === "convolution").length;
    this.count = 1 + operations.length + borders;
    this.base = aligned(start + (this.count + MOST_PARTS * sums) * STEP_BYTES);
    operations.forEach((operation, index) => {
      for (const name of readsOf(operation)) this.lastReads.set(name, index);
    });
  }

  plan(prepared: Prepared): Plan {
    const { operations, steps, count } = this;
    const emitter = new Emitter(
      prepared.packed,
      (name) => this.placed(name),
      (bytes) => this.lend(bytes),
      this.start + count * STEP_BYTES,
      prepared.zeroes,
    );
    this.make("input");
    steps.push(emitter.look());
    operations.forEach((operation, index) => {
      this.makeFor(operation, index);
      steps.push(emitter.emit(operation));
      this.release(operation, index);
    });
    return {
      steps: [...steps, ...emitter.parts],
      count,
      bytes: this.base + this.places.bytes - this.start,
      input: this.placed("input"),
      output: this.placed("output"),
    };
  }

  private makeFor(operation: Operation, index: number): void {
    const { name, input } = operation;
    if (this.isInPlace(operation, index)) {
      this.at.set(name, this.at.get(input) as number);
      this.places.pass(input, name);
    } else this.make(name);
  }

  /** One value of one: the last reader of a picture may write where it reads. */
  private isInPlace({ kind, name, input }: Operation, index: number): boolean {
    if (kind !== "combination" || input === "input" || this.lastReads.get(input) !== index)
      return false;
    const [before, after] = [this.picture(input), this.picture(name)];
    const isSame = before.height === after.height && before.width === after.width;
    return isSame && !hasBorder(before) && !hasBorder(after) && before.pitch === after.pitch;
  }

  /** Takes a place for a picture, whose border is made anew in each run. */
  private make(name: string): void {
    const picture = this.picture(name);
    const at = this.base + this.places.take(name, pictureBytes(picture));
    this.at.set(name, at);
    if (hasBorder(picture)) this.steps.push(clear(picture, at));
  }

  /** For the next step only. */
  private lend(bytes: number): number {
    const at = this.base + this.places.take(LENT, bytes);
    this.places.give(LENT);
    return at;
  }

  private release(operation: Operation, index: number): void {
    for (const name of readsOf(operation)) {
      if (this.lastReads.get(name) === index) this.places.give(name);
    }
  }

  private picture(name: string): Picture {
    return this.pictures.get(name) as Picture;
  }

  private placed(name: string): Placed {
    return { picture: this.picture(name), at: this.at.get(name) as number };
  }
}

function clear(picture: Picture, at: number): Step {
  const { border, height } = picture;
  return {
    op: OPS.clear,
    out: at,
    rowBytes: rowBytes(picture),
    rows: height,
    above: border.top,
    reach: border.bottom,
    left: border.left * pixelBytes(picture),
    reachX: border.right * pixelBytes(picture),
  };
}
