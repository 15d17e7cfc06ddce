import type { BackendName } from "../../web/src/core/backend";
import type { FaceReader, FaceStream, Following, FrameResult } from "../../web/src/lib/index";
import type { Outcome } from "./contestant";

export interface OnSite {
  /** Addresses of the built library, and of the folder with `manifest.json`. */
  readonly library: string;
  readonly base: string;
  readonly model: string | null;
  readonly backends?: readonly BackendName[] | null;
  readonly following: Partial<Following>;
}

/** The built site's own reader with its worker, driven as any page drives it. */
export class Reading {
  private constructor(
    private readonly reader: FaceReader,
    readonly stream: FaceStream,
  ) {}

  static async open({ library, base, model, backends, following }: OnSite): Promise<Reading> {
    const built = await import(/* @vite-ignore */ new URL(library, document.baseURI).href);
    const reader: FaceReader = new built.FaceReader({
      base: new URL(base, document.baseURI).href,
      model,
      backends: backends ?? null,
    });
    await reader.ready();
    return new Reading(reader, reader.stream(following));
  }

  async about(): Promise<Readonly<Record<string, unknown>>> {
    const { model, backend } = await this.reader.ready();
    return { model: model.name, variant: model.variant, backend };
  }

  /** From a canvas that holds the frame to its result, the way to the worker and back included. */
  async read(canvas: HTMLCanvasElement, time_ms: number): Promise<Outcome> {
    const start = performance.now();
    const picture = await createImageBitmap(canvas);
    const captured = performance.now();
    const result = await this.stream.frame(picture, time_ms);
    const end = performance.now();
    if (!result) throw new Error("the frame was dropped");
    return outcome(result, captured - start, end - start);
  }
}

/** What a frame took: the worker's own stages, and what the way there and back added. */
export function outcome(result: FrameResult, capture_ms: number, total_ms: number): Outcome {
  const { stages, looks, reused, tensors } = result;
  const [face] = result.faces;
  const heads = face?.heads ?? [];
  // Peers tell emotions.
  const head = heads.find(({ name }) => name === "emotion") ?? heads[0];
  return {
    ms: total_ms,
    box: face?.box ?? null,
    label: head?.labels[head.best] ?? null,
    stages: {
      capture: capture_ms,
      transfer: Math.max(0, total_ms - capture_ms - stages.total_ms),
      detect: stages.detect_ms,
      crop: stages.crop_ms,
      classify: stages.classify_ms,
      post: stages.post_ms,
      total: total_ms,
    },
    looks,
    reused,
    tensors,
  };
}
