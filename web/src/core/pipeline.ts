import { answer, calibrate } from "./calibrate";
import { Classifier } from "./classifier";
import type { Contract } from "./contract";
import { TinyDetector } from "./detector";
import type { Engine } from "./engine";
import { familiarity } from "./familiarity";
import { FollowedFace, type HeadFollower } from "./followed_face";
import { FollowedSequence } from "./followed_sequence";
import { FrameCanvas, type Picture } from "./frame_canvas";
import type { Box } from "./geometry";
import type { Face, Following, FrameResult, HeadAnswer } from "./messages";
import { Scene } from "./scene";
import { Stopwatch } from "./stopwatch";
import { type Track, Tracker } from "./tracker";

/** One frame on its way through the pipeline. */
interface Work {
  readonly picture: Picture;
  readonly scene: Scene;
  readonly watch: Stopwatch;
  reused: number;
}

/** Everything between a frame and its result: detect or track, crop, classify, calibrate, smooth. */
export class Pipeline {
  private readonly detector: TinyDetector;
  private readonly classifier: Classifier;
  private readonly tracker: Tracker;
  private readonly canvas = new FrameCanvas();
  /** By the ids of the faces that are followed. */
  private followed = new Map<number, FollowedFace>();

  /** The faces of frames are numbered from `firstId`. */
  constructor(
    readonly engine: Engine,
    private readonly contract: Contract,
    firstId = 0,
  ) {
    this.detector = new TinyDetector(engine.detector);
    this.classifier = new Classifier(engine.classifier, contract);
    this.tracker = new Tracker(contract.crop.second_look, firstId);
  }

  /** The id that the next new face will have. */
  get nextId(): number {
    return this.tracker.nextId;
  }

  /** A picture on its own: every face, the most certain first; nothing is smoothed. */
  async picture(picture: ImageBitmap): Promise<FrameResult> {
    const work = this.begin(picture);
    const boxes = await work.scene.faces();
    work.watch.lap("detect_ms");
    const faces: Face[] = [];
    for (const [id, box] of boxes.entries()) {
      faces.push(this.face(id, box, await this.classify(work, this.crop(work, box))));
      work.watch.lap("post_ms");
    }
    return this.result(work, faces);
  }

  /** A frame of a film: each face is followed and smoothed. */
  async frame(
    picture: ImageBitmap | VideoFrame,
    time_ms: number,
    following: Following,
  ): Promise<FrameResult> {
    const work = this.begin(picture);
    const tracks = await this.tracker.follow(work.scene, time_ms, following.faces);
    work.watch.lap("detect_ms");
    const known = this.followed;
    this.followed = new Map(
      tracks.map(({ id }) => [id, known.get(id) ?? new FollowedFace(this.head())]),
    );
    const faces: Face[] = [];
    for (const track of tracks) faces.push(await this.follow(work, track, time_ms, following));
    return this.result(work, faces);
  }

  /** A new face's own sequence head, where the model has one. */
  private head(): HeadFollower | null {
    const { contract, engine } = this;
    const { sequence } = contract;
    if (!engine.sequence || !sequence) return null;
    const place = contract.heads.findIndex(({ name }) => name === sequence.head);
    return { place, sequence: new FollowedSequence(engine.sequence, sequence) };
  }

  private begin(given: ImageBitmap | VideoFrame): Work {
    const watch = new Stopwatch();
    const picture = this.canvas.lay(given);
    const scene = new Scene(this.detector, picture, this.contract.crop);
    return { picture, scene, watch, reused: 0 };
  }

  private async follow(
    work: Work,
    { id, box }: Track,
    time_ms: number,
    { smooth_ms, reuse, own = false }: Following,
  ): Promise<Face> {
    const face = this.followed.get(id) as FollowedFace;
    const bytes = this.crop(work, box);
    const known = reuse ? face.recall(bytes) : null;
    if (known) work.reused++;
    const fresh = known ?? (await this.classify(work, bytes));
    if (reuse && !known) face.remember(bytes, fresh);
    const smooth = this.face(id, box, await face.smooth(fresh, time_ms, smooth_ms));
    const told = own ? { ...smooth, own: this.heads(fresh) } : smooth;
    work.watch.lap("post_ms");
    return told;
  }

  private crop({ picture, watch }: Work, box: Box): Uint8Array {
    const bytes = this.classifier.crop(picture, box);
    watch.lap("crop_ms");
    return bytes;
  }

  private async classify({ watch }: Work, bytes: Uint8Array): Promise<number[][]> {
    const raw = await this.classifier.classify(bytes);
    watch.lap("classify_ms");
    return [...calibrate(raw, this.contract), familiarity(raw, this.contract)];
  }

  private face(id: number, box: Box, said: readonly number[][]): Face {
    return { id, box, heads: this.heads(said) };
  }

  /** Of each head's probabilities, and after them how familiar the face is to each. */
  private heads(said: readonly number[][]): HeadAnswer[] {
    const familiar = said[this.contract.heads.length] ?? [];
    return this.contract.heads.map((head, i) => {
      const { name, labels } = head;
      const own = said[i] as number[];
      return { name, labels, probabilities: own, ...answer(own, head, familiar[i]) };
    });
  }

  private result({ picture, scene, watch, reused }: Work, faces: Face[]): FrameResult {
    const { width, height } = picture;
    const { looks } = scene;
    const tensors = this.engine.backend.tensors();
    return { width, height, faces, stages: watch.stages, looks, reused, tensors };
  }
}
