import type { Face, Fault, FrameResult, Running } from "../../lib";
import { h } from "../dom";
import { leftToRight } from "../ui/left_to_right";
import { mainFace, type ReadMoment, type ReadSource } from "../ui/results/source";
import { type FileKind, kindOf } from "./kind";
import type { Pace } from "./pace";
import { People } from "./people";

export type ItemState =
  | { readonly kind: "waiting" }
  | { readonly kind: "reading"; readonly pace: Pace | null }
  | { readonly kind: "done" }
  /** By the visitor; what was read is kept. */
  | { readonly kind: "stopped" }
  | { readonly kind: "fault"; readonly fault: Fault };

const THUMBNAIL_PX = 112;
/** In fewer frames a face is more likely a mistake of the detector's. */
const SEEN_SHARE = 0.03;

/** A file that was taken in, and what was read in it. */
export class FileItem {
  readonly kind: FileKind;
  readonly thumbnail = h("canvas", {
    class: "files-thumb",
    width: THUMBNAIL_PX,
    height: THUMBNAIL_PX,
    hidden: true,
    "aria-hidden": "true",
  });
  state: ItemState = { kind: "waiting" };
  /** The model that read it, or reads it now. */
  running: Running | null = null;
  /** As the net says them of each frame; a picture has one. */
  moments: ReadMoment[] = [];
  /** The same as it is followed over time. */
  eased: ReadMoment[] = [];
  private people = new People();
  private seen = new Map<number, number>();
  private picked: number | null = null;
  private leading = -1;

  constructor(readonly file: File) {
    this.kind = kindOf(file);
  }

  get name(): string {
    return this.file.name;
  }

  /** The face that is shown, by its id. */
  get chosen(): number {
    return this.picked ?? this.leading;
  }

  /** Of a clip: whoever is seen for more than a moment, by their numbers. */
  get cast(): readonly number[] {
    const least = this.moments.length * SEEN_SHARE;
    const ids = [...this.seen.keys()].filter((id) => (this.seen.get(id) ?? 0) >= least);
    return ids.sort((a, b) => a - b);
  }

  choose(face: number): void {
    this.picked = face;
  }

  /** What was read before is forgotten. */
  begin(running: Running): void {
    this.running = running;
    this.moments = [];
    this.eased = [];
    this.people = new People();
    this.seen = new Map();
    this.picked = null;
    this.leading = -1;
  }

  addPicture(result: FrameResult): void {
    this.leading = result.faces[0]?.id ?? -1;
    this.moments = [{ time_s: null, result: leftToRight(result) }];
    this.eased = this.moments;
  }

  /** Times that do not rise are left out: no reader of the results takes them. */
  addFrame(time_s: number, frame: FrameResult): void {
    const last_s = this.moments.at(-1)?.time_s ?? Number.NEGATIVE_INFINITY;
    if (time_s <= last_s) return;
    const result = this.people.next(frame);
    this.moments.push({ time_s, result: { ...result, faces: result.faces.map(itsOwn) } });
    this.eased.push({ time_s, result });
    for (const { id } of result.faces) this.seen.set(id, (this.seen.get(id) ?? 0) + 1);
    if (this.leading < 0) this.leading = result.faces[0]?.id ?? -1;
  }

  /** Nothing more comes: the face that is seen most is shown, unless another was chosen. */
  finish(): void {
    if (this.kind === "clip") this.leading = mainFace(this.moments);
  }

  source(): ReadSource {
    const { name: source, moments, chosen: face } = this;
    return { source, model: this.running?.model.name ?? "", face, moments };
  }
}

function itsOwn({ own, ...face }: Face): Face {
  return { ...face, heads: own ?? face.heads };
}
