import type { Instance } from "./module";
import { aligned } from "./places";

const PAGE = 65_536;

/** The memory of kernels, which is given out piece behind piece and never taken back. */
export class Room<Kernels extends Pick<Instance, "memory" | "base"> = Instance> {
  /** Where the next piece begins. */
  end: number;
  /** How many were given out. */
  pieces = 0;

  constructor(readonly instance: Kernels) {
    this.end = aligned(instance.base());
  }

  claim(bytes: number): number {
    const at = this.end;
    this.reach(at + bytes);
    this.end = aligned(at + bytes);
    this.pieces++;
    return at;
  }

  /** What lies there until the next piece is given out. */
  lend(bytes: number): number {
    this.reach(this.end + bytes);
    return this.end;
  }

  private reach(end: number): void {
    const { memory } = this.instance;
    const missing = aligned(end) - memory.buffer.byteLength;
    if (missing > 0) memory.grow(Math.ceil(missing / PAGE));
  }
}
