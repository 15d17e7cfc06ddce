/** The kernels at work in one memory. */
export interface Instance {
  readonly memory: WebAssembly.Memory;
  /** Where the memory begins that the kernels themselves make no use of. */
  base(): number;
  /** Runs `count` steps that lie from `first` on. */
  run(first: number, count: number): void;
  /** RGB floats of RGBA bytes, a multiple of 4 pixels. */
  readPixels(rgba: number, rgb: number, count: number): void;
}

export async function instantiate(module: WebAssembly.Module): Promise<Instance> {
  const memory = new WebAssembly.Memory({ initial: 1 });
  const { exports } = await WebAssembly.instantiate(module, { env: { memory } });
  return { memory, ...exports } as unknown as Instance;
}
