import type { Curves } from "../score/curves";
import type { Score } from "../score/score";
import type { ScoreOptions } from "../score/score_options";
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
  /** The best probability is below the model's threshold, or the face unfamiliar. */
  readonly uncertain: boolean;
  /** How much the face is like those that the model learned from; only of a model that tells. */
  readonly familiarity?: number;
  /** It is not: perhaps no face, or one that is covered. Only of a model that tells. */
  readonly unfamiliar?: boolean;
}

export interface Face {
  /** The same from frame to frame for as long as the face is followed; in a picture its place in the list. */
  readonly id: number;
  readonly box: Box;
  readonly heads: readonly HeadAnswer[];
  /** What the net says of this very frame, beside `heads` that are smoothed; only where it is asked for. */
  readonly own?: readonly HeadAnswer[];
}

/** Where the worker's time for a frame went. */
export interface Stages {
  /** Laying a camera's frame on a canvas, every look for faces, and the following. */
  readonly detect_ms: number;
  /** From the frame to the bytes that the net is given. */
  readonly crop_ms: number;
  readonly classify_ms: number;
  /** Calibration, smoothing, answers. */
  readonly post_ms: number;
  /** All of them. */
  readonly total_ms: number;
}

/** How often the detector ran: on the whole frame, and on squares of it. */
export interface Looks {
  readonly whole: number;
  readonly near: number;
}

export interface FrameResult {
  readonly width: number;
  readonly height: number;
  /** The leading face comes first. */
  readonly faces: readonly Face[];
  readonly stages: Stages;
  readonly looks: Looks;
  /** Faces that kept their answer, for what the net would see had not changed. */
  readonly reused: number;
  /** Tensors alive after the frame; of our own kernels, pieces of memory. */
  readonly tensors: number;
}

/** How a stream of frames is read. */
export interface Following {
  /** At most so many faces are followed. */
  readonly faces: number;
  /** Time constant of the probabilities' smoothing, which a model's sequence head takes the place of; 0 gives each frame's own. */
  readonly smooth_ms: number;
  /** Leaves a face that has not changed by a single byte to its last answer; false asks the net anyway. */
  readonly reuse: boolean;
  /** Also gives what the net says of each frame, beside what was made of it over time. */
  readonly own?: boolean;
}

/** What is known once a model runs. */
export interface Running {
  readonly model: ModelEntry;
  readonly models: readonly string[];
  readonly heads: readonly Pick<Head, "name" | "labels" | "uncertain_below" | "familiar_above">[];
  readonly backend: BackendName;
  readonly attempts: readonly Attempt[];
}

/** From the window to the worker. */
export type ToWorker =
  | {
      readonly kind: "start";
      readonly base: string;
      readonly model: string | null;
      /** The only ones to try, in this order; null leaves the choice to the machine. */
      readonly backends: readonly BackendName[] | null;
    }
  /** A picture on its own: every face, nothing smoothed. */
  | { readonly kind: "picture"; readonly id: number; readonly picture: ImageBitmap }
  | {
      readonly kind: "frame";
      /** Comes back with the answer. */
      readonly id: number;
      /** Frames of one stream follow each other in time; each stream follows its own faces. */
      readonly stream: number;
      readonly picture: ImageBitmap | VideoFrame;
      readonly time_ms: number;
      readonly following: Following;
      /** Higher than any id that this stream's faces had, in an earlier worker too. */
      readonly first_id: number;
    }
  /** Forgets the faces of a stream. */
  | { readonly kind: "forget"; readonly stream: number }
  | {
      readonly kind: "compare";
      readonly id: number;
      readonly reference: Curves;
      readonly take: Curves;
      readonly options: ScoreOptions;
    }
  /** Whether the worker still lives, though it has nothing to say. */
  | { readonly kind: "ping"; readonly id: number };

/** From the worker to the window. */
export type ToWindow =
  | { readonly kind: "progress"; readonly loaded: number; readonly total: number }
  /** Also after a change of backend. */
  | { readonly kind: "ready"; readonly running: Running }
  // Each picture and frame has exactly one of these three answers.
  | { readonly kind: "result"; readonly id: number; readonly result: FrameResult }
  | { readonly kind: "dropped"; readonly id: number }
  | {
      readonly kind: "failed";
      readonly id: number;
      readonly code: FaultCode;
      readonly detail: string;
    }
  /** The answer to "compare", or "failed". */
  | { readonly kind: "compared"; readonly id: number; readonly score: Score }
  | { readonly kind: "pong"; readonly id: number }
  /** Nothing runs any more. */
  | { readonly kind: "fault"; readonly code: FaultCode; readonly detail: string };
