import type { BackendName } from "./backend";
import type { Head } from "./contract";
import type { Attempt } from "./engine";
import type { FaultCode } from "./fault";
import type { Box } from "./geometry";
import type { ModelEntry } from "./manifest";

export interface HeadAnswer {
  readonly name: string;
  readonly labels: readonly string[];
  readonly probabilities: readonly number[];
  /** Index of the likeliest label. */
  readonly best: number;
  readonly uncertain: boolean;
}

export interface Face {
  readonly box: Box;
  readonly heads: readonly HeadAnswer[];
}

export interface FrameResult {
  readonly width: number;
  readonly height: number;
  /** The leading face comes first. */
  readonly faces: readonly Face[];
  readonly detect_ms: number;
  readonly classify_ms: number;
  /** Tensors alive after the frame. */
  readonly tensors: number;
}

/** From the window to the worker. */
export type ToWorker =
  | { readonly kind: "start"; readonly base: string; readonly model: string | null }
  | {
      readonly kind: "frame";
      /** Comes back with the result. */
      readonly id: number;
      readonly picture: ImageBitmap;
      readonly time_ms: number;
      /** A picture on its own: every face, nothing smoothed. */
      readonly still: boolean;
    }
  | { readonly kind: "reset" };

/** From the worker to the window. */
export type ToWindow =
  | { readonly kind: "progress"; readonly loaded: number; readonly total: number }
  | {
      readonly kind: "ready";
      readonly model: ModelEntry;
      readonly models: readonly string[];
      readonly heads: readonly Pick<Head, "name" | "labels">[];
      readonly backend: BackendName;
      readonly attempts: readonly Attempt[];
    }
  // Each frame has exactly one of these three answers.
  | { readonly kind: "result"; readonly id: number; readonly result: FrameResult }
  | { readonly kind: "dropped"; readonly id: number }
  | { readonly kind: "failed"; readonly id: number; readonly detail: string }
  /** Nothing runs any more, until the next start. */
  | { readonly kind: "fault"; readonly code: FaultCode; readonly detail: string };
