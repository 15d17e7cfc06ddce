import type { FrameResult } from "../../core/messages";
import type { FaceReader } from "../reader";

/** `<face-emotion>`, as a page sees it. */
export interface FaceEmotionElement extends HTMLElement {
  /** The element's own while it is on the page, unless the page gives one, for several to share. */
  reader: FaceReader | null;
  /** Shown instead of `source`: a stream that stays the page's own, or a file. */
  srcObject: MediaStream | Blob | null;
}

/** The detail of a `result` event. */
export interface FaceEmotionResult extends FrameResult {
  /** The frame's place in the clip; of a camera the time since it began. */
  readonly time_s: number;
}
