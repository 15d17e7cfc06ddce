/** Inputs of one shape, from a file of raw little-endian float32, all held in memory. */
export class Tensors {
  private constructor(
    private readonly values: Float32Array,
    /** Of one of them. */
    readonly shape: readonly number[],
  ) {}

  static async fetch(url: string, shape: readonly number[]): Promise<Tensors> {
    return new Tensors(new Float32Array(await fetchBytes(url)), shape);
  }

  at(index: number): Float32Array {
    const length = this.shape.reduce((product, size) => product * size, 1);
    return this.values.subarray(index * length, (index + 1) * length);
  }
}

export async function fetchBytes(url: string): Promise<ArrayBuffer> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url}: ${response.status}`);
  return response.arrayBuffer();
}
