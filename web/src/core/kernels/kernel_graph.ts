import { BackendError, finite, type Graph, type GraphFiles, type Output } from "../backend";
import { rgbFloats } from "../rgb_floats";
import { fuse } from "./fuse";
import { joinFlattened } from "./join_flattened";
import { measure } from "./measure";
import type { Instance } from "./module";
import { joinRows } from "./narrow";
import type { Operation } from "./net";
import { Packer } from "./pack";
import { hasBorder, inset, NO_SIDES, type Picture, rowBytes } from "./picture";
import { type Plan, plan } from "./plan";
import { type Packed, type Prepared, prepare } from "./prepare";
import { readNet } from "./read_net";
import { readWeights } from "./read_weights";
import { Room } from "./room";
import { STEP_BYTES, writeStep } from "./step";

interface Ready extends Plan {
  readonly at: number;
  /** Room for the input's pixels as bytes. */
  readonly pixels: number;
  readonly shape: readonly number[];
}

/** A net in a memory of its own: packed weights, then one plan for each size of input. */
export class KernelGraph implements Graph {
  private readonly operations: readonly Operation[];
  private readonly prepared: Prepared;
  private readonly plans = new Map<string, Ready>();
  private readonly room: Room;

  constructor(
    { topology, weights }: GraphFiles,
    private readonly instance: Instance,
    private readonly onDispose: () => void,
  ) {
    this.room = new Room(instance);
    const net = readNet(topology, readWeights(topology.weightsManifest, weights));
    this.operations = fuse(joinFlattened(net));
    const operations = this.operations;
    this.prepared = prepare({ ...net, operations }, new Packer(this.room));
    // What cannot be laid out is refused now, while another backend can still be asked.
    if (net.shape.every((size) => size > 0)) this.ready(net.shape);
  }

  /** Pieces of memory in use: one for each constant, one or two for each size of input. */
  get pieces(): number {
    return this.room.pieces;
  }

  async run(input: Float32Array, shape: readonly number[]): Promise<Output> {
    return guarded(() => {
      const ready = this.ready(shape);
      this.write(input, ready);
      return this.go(ready);
    });
  }

  async runPixels(rgba: Uint8ClampedArray, shape: readonly number[]): Promise<Output> {
    return guarded(() => {
      const ready = this.ready(shape);
      if (readsPixels(ready.input.picture)) this.read(rgba, ready);
      else this.write(rgbFloats(rgba), ready);
      return this.go(ready);
    });
  }

  dispose(): void {
    this.plans.clear();
    this.onDispose();
  }

  private go({ at, count, output, shape }: Ready): Output {
    this.instance.run(at, count);
    const { picture } = output;
    const floats = new Float32Array(this.instance.memory.buffer);
    const { height, width, channels, pitch } = picture;
    const values = new Float32Array(height * width * channels);
    let from = (output.at + inset(picture)) / 4;
    for (let to = 0; to < values.length; to += channels, from += pitch)
      for (let c = 0; c < channels; c++) values[to + c] = floats[from + c] as number;
    return { values: finite(values), shape };
  }

  private read(rgba: Uint8ClampedArray, { input, pixels }: Ready): void {
    const { memory, readPixels } = this.instance;
    const { picture, at } = input;
    const { height, width } = picture;
    if (rgba.length !== height * width * 4)
      throw new BackendError(`${rgba.length} bytes are no input`);
    new Uint8Array(memory.buffer, pixels).set(rgba);
    const isDense = !hasBorder(picture);
    const [rows, length] = isDense ? [1, height * width] : [height, width];
    for (let y = 0; y < rows; y++)
      readPixels(pixels + y * length * 4, at + inset(picture) + y * rowBytes(picture), length);
  }

  private write(input: Float32Array, { input: { picture, at } }: Ready): void {
    const { height, width, channels, pitch } = picture;
    if (input.length !== height * width * channels)
      throw new BackendError(`${input.length} values are no input`);
    const floats = new Float32Array(this.instance.memory.buffer);
    let row = (at + inset(picture)) / 4;
    const length = width * channels;
    for (let y = 0; y < height; y++, row += rowBytes(picture) / 4) {
      const line = input.subarray(y * length, (y + 1) * length);
      if (pitch === channels) floats.set(line, row);
      else
        for (let x = 0; x < width; x++)
          floats.set(line.subarray(x * channels, (x + 1) * channels), row + x * pitch);
    }
  }

  private ready(shape: readonly number[]): Ready {
    const key = shape.join();
    const known = this.plans.get(key);
    if (known) return known;
    const made = this.make(shape);
    this.plans.set(key, made);
    return made;
  }

  private make(shape: readonly number[]): Ready {
    const [count, height = 1, width = 1] = shape;
    const { channels, pitch, packed } = this.prepared;
    if (count !== 1 || shape.at(-1) !== channels || ![2, 4].includes(shape.length))
      throw new BackendError(`an input of shape ${shape} is unknown`);
    const flat = shape.length === 2;
    const size = flat ? { height: 1, width: 1 } : { height, width };
    const input = { ...size, channels, pitch, border: NO_SIDES, flat };
    const sizes = measure(this.operations, (each) => packed.get(each) as Packed, input);
    const net = joinRows(this.operations, packed, sizes);
    const pictures = measure(net.operations, (each) => net.packed.get(each) as Packed, input);
    const at = this.room.end;
    const made = plan(net.operations, { ...this.prepared, packed: net.packed }, pictures, at);
    this.room.claim(made.bytes);
    const pixels = readsPixels(input) ? this.room.claim(size.height * size.width * 4) : 0;
    const view = new DataView(this.instance.memory.buffer);
    for (const [i, step] of made.steps.entries()) writeStep(step, view, at + i * STEP_BYTES);
    const result = made.output.picture;
    const own = result.flat ? [] : [result.height, result.width];
    return { ...made, at, pixels, shape: [1, ...own, result.channels] };
  }
}

/** The kernel reads four whole pixels at a time. */
function readsPixels({ width, pitch }: Picture): boolean {
  return pitch === 3 && width % 4 === 0;
}

/** A trap in a kernel is this backend's failure like any other. */
function guarded<Result>(work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    throw new BackendError(error instanceof Error ? error.message : String(error));
  }
}
