/** The kernels at work in one memory. */
export interface Instance {
  readonly memory: WebAssembly.Memory;
  /** Where the memory begins that the kernels themselves make no use of. */
  base(): number;
  /** Runs `count` steps that lie from `first` on. */
  run(first: number, count: number): void;
  /** RGB floats of RGBA bytes, a multiple of 4 pixels. */
  readPixels(rgba: number, rgb: number, count: number): void;
  /** Rows of `count` stored values as rows of floats, filled up to whole panels. */
  widen(
    from: number,
    to: number,
    rows: number,
    count: number,
    size: number,
    scale: number,
    min: number,
  ): void;
  /** Such rows, one for each of a window's pixels and each channel in, as a convolution reads them. */
  packPanels(
    from: number,
    to: number,
    window: number,
    inputs: number,
    pitch: number,
    panels: number,
  ): void;
  /** The same of a 3 × 3 window by Winograd's way. */
  packTiles(
    from: number,
    to: number,
    tile: number,
    inputs: number,
    pitch: number,
    panels: number,
  ): void;
}

export async function instantiate(module: WebAssembly.Module): Promise<Instance> {
  const memory = new WebAssembly.Memory({ initial: 1 });
  const { exports } = await WebAssembly.instantiate(module, { env: { memory } });
  return { memory, ...exports } as unknown as Instance;
}
