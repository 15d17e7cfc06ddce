import type { BackendName } from "./backend";

interface GpuAdapterInfo {
  readonly vendor: string;
  readonly architecture: string;
  readonly description: string;
  readonly isFallbackAdapter?: boolean;
}

interface Gpu {
  requestAdapter(): Promise<{ readonly info?: GpuAdapterInfo } | null>;
}

/** Of older browsers, which do not tell. */
const UNNAMED: GpuAdapterInfo = { vendor: "", architecture: "", description: "" };

/** Smallest WebAssembly module with a SIMD instruction. */
const SIMD_MODULE = new Uint8Array([
  0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 10, 9, 1, 7, 0, 65, 0, 253, 15, 26,
  11,
]);

/** Our own kernels, then TF.js on WASM; whether a GPU is worth asking for is found out only when WASM has failed. */
export async function* candidates(): AsyncGenerator<BackendName> {
  if (hasSimd()) yield* ["simd", "wasm"] as const;
  if (isHardware(await webgpuName())) yield "webgpu";
  if (isHardware(webglName())) yield "webgl";
  yield "wasm-plain";
}

export function hasSimd(): boolean {
  return WebAssembly.validate(SIMD_MODULE);
}

/** Software stand-ins are right but 10 to 30 times slower than WASM. */
export function isHardware(gpu: string | null): boolean {
  return gpu !== null && !/swiftshader|llvmpipe|softpipe|software|basic render|fallback/i.test(gpu);
}

export async function webgpuName(): Promise<string | null> {
  const gpu = (navigator as { readonly gpu?: Gpu }).gpu;
  const adapter = await gpu?.requestAdapter().catch(() => null);
  if (!adapter) return null;
  const { vendor, architecture, description, isFallbackAdapter } = adapter.info ?? UNNAMED;
  return [vendor, architecture, description, isFallbackAdapter ? "fallback" : ""].join(" ");
}

export function webglName(): string | null {
  const context = new OffscreenCanvas(1, 1).getContext("webgl2");
  if (!context) return null;
  const details = context.getExtension("WEBGL_debug_renderer_info");
  const name = context.getParameter(details ? details.UNMASKED_RENDERER_WEBGL : context.RENDERER);
  context.getExtension("WEBGL_lose_context")?.loseContext();
  return String(name);
}
