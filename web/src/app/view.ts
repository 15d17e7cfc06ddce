import type { FaceReader, Running } from "../lib";
import type { Words } from "./words";

/** What a view is given; the same for each of them. */
export interface Context {
  readonly reader: FaceReader;
  readonly words: Words;
  /** Tells a screen reader: at once, or with a `topic` when that is a new one and has settled. */
  readonly announce: (text: string, topic?: string) => void;
  /** Shows what went wrong, until the next `noFault`. */
  readonly fault: (error: unknown) => void;
  readonly noFault: () => void;
  /** Aborted when the page is built anew, in another language: what listens to it lets go. */
  readonly closed: AbortSignal;
}

/** One of the page's tabs. What it found stays while another is on the screen. */
export interface View {
  readonly root: HTMLElement;
  /** It comes to the screen. */
  readonly enter?: () => void;
  /** It leaves the screen: what costs power stops. */
  readonly leave?: () => void;
  /** A model runs: at the start, and after each change. */
  readonly ready?: (running: Running) => void;
  /** No model runs for now, while it is on the screen: one is loaded, or none can be. */
  readonly unready?: () => void;
  /** A file was dropped or pasted while it is on the screen. */
  readonly files?: (files: readonly File[]) => void;
}

export type OpenView = (context: Context) => View;
