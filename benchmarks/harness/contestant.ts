import type { Box } from "../../web/src/core/geometry";
import type { Shot } from "./stage";

/** What one contestant is given to do at a time. */
export interface Task {
  /** The frame to be shown, and its place in the film. */
  readonly shot?: Shot;
  /** In its place for whoever rests with a face that does; often the same as before. */
  readonly resting?: Shot;
  readonly time_ms?: number;
  /** Or one of the inputs that it holds in memory. */
  readonly input?: number;
}

export interface Outcome {
  readonly ms: number;
  /** The leading face, where one was found. */
  readonly box?: Box | null;
  readonly label?: string | null;
  /** Of `ms`, as far as it is known what took it. */
  readonly stages?: Readonly<Record<string, number>>;
  /** How often the detector ran over the whole frame, and over a square of it. */
  readonly looks?: { readonly whole: number; readonly near: number };
  readonly reused?: number;
  readonly tensors?: number;
  /** A net's raw output. */
  readonly values?: readonly number[];
}

/** What is measured, alone in its frame: two copies of TF.js in one window share one engine. */
export interface Contestant {
  /** Gets ready with its own options; tells what a reader of the report should know. */
  open(options: unknown): Promise<Readonly<Record<string, unknown>>>;
  /** Outside of the time. */
  prepare(task: Task): Promise<void>;
  run(task: Task): Promise<Outcome>;
}

declare global {
  interface Window {
    contestant: Contestant;
  }
}
