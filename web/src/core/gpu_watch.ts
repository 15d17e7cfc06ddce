import { BackendError } from "./backend";

/** The parts of TF.js' GPU backends that know whether the GPU is still there. */
export interface Gpu {
  readonly gpgpu?: { readonly gl: WebGLRenderingContext; itemsToPoll: unknown[] };
  readonly device?: { readonly lost: Promise<unknown> };
}

/**
 * Tells when the GPU has been lost. TF.js 4.22 does not: of a lost WebGL context it awaits an
 * answer for ever, without an error, or reads zeros.
 */
export class GpuWatch {
  private isLost = false;
  private readonly waiting = new Set<(error: BackendError) => void>();

  constructor(private readonly gpu: Gpu) {
    const { gpgpu, device } = gpu;
    gpgpu?.gl.canvas.addEventListener("webglcontextlost", () => this.lose());
    void device?.lost.then(() => this.lose());
  }

  /** Fails with BackendError when the GPU is gone. */
  check(): void {
    if (this.isLost || this.gpu.gpgpu?.gl.isContextLost()) throw lostError();
  }

  /** What comes of `work`, unless the GPU is lost meanwhile: then BackendError, and at once. */
  async during<T>(work: Promise<T>): Promise<T> {
    const done = await new Promise<T>((resolve, reject) => {
      this.waiting.add(reject);
      work.then(resolve, reject).finally(() => this.waiting.delete(reject));
    });
    this.check();
    return done;
  }

  private lose(): void {
    this.isLost = true;
    for (const fail of this.waiting) fail(lostError());
    this.waiting.clear();
    // Else TF.js would look for these answers, every few milliseconds, for as long as the page lives.
    if (this.gpu.gpgpu) this.gpu.gpgpu.itemsToPoll = [];
  }
}

function lostError(): BackendError {
  return new BackendError("the GPU was lost");
}
