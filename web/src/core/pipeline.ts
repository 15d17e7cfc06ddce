import { answer, calibrate } from "./calibrate";
import { Classifier } from "./classifier";
import type { Contract } from "./contract";
import { TinyDetector } from "./detector";
import type { Engine } from "./engine";
import type { Box } from "./geometry";
import type { Face, Following, FrameResult } from "./messages";
import { Smoother } from "./smooth";
import { type Sight, type Track, Tracker } from "./tracker";

/** Everything between a frame and its result: detect or track, crop, classify, calibrate, smooth. */
export class Pipeline {
  private readonly detector: TinyDetector;
  private readonly classifier: Classifier;
  private readonly tracker: Tracker;
  /** By the ids of the faces that are followed. */
  private smoothers = new Map<number, Smoother>();

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
    const start = performance.now();
    const boxes = await this.detector.faces(picture, this.contract.crop);
    const detected = performance.now();
    const faces: Face[] = [];
    for (const [id, box] of boxes.entries()) {
      faces.push(this.face(id, box, await this.probabilities(picture, box)));
    }
    return this.result(picture, faces, start, detected);
  }

  /** A frame of a film: each face is followed and smoothed. */
  async frame(picture: ImageBitmap, time_ms: number, following: Following): Promise<FrameResult> {
    const start = performance.now();
    const tracks = await this.tracker.follow(this.sight(picture), time_ms, following.faces);
    const detected = performance.now();
    const known = this.smoothers;
    this.smoothers = new Map(tracks.map(({ id }) => [id, known.get(id) ?? new Smoother()]));
    const faces: Face[] = [];
    for (const track of tracks) {
      faces.push(await this.followed(picture, track, time_ms, following.smooth_ms));
    }
    return this.result(picture, faces, start, detected);
  }

  private sight(picture: ImageBitmap): Sight {
    const { crop } = this.contract;
    return {
      whole: () => this.detector.search(picture, crop),
      near: (rect) => this.detector.square(picture, rect, crop.second_look.size),
    };
  }

  private async followed(
    picture: ImageBitmap,
    { id, box }: Track,
    time_ms: number,
    smooth_ms: number,
  ): Promise<Face> {
    const fresh = await this.probabilities(picture, box);
    const smooth = this.smoothers.get(id)?.next(fresh.flat(), time_ms, smooth_ms);
    return this.face(id, box, smooth ? regroup(smooth, fresh) : fresh);
  }

  private async probabilities(picture: ImageBitmap, box: Box): Promise<number[][]> {
    return calibrate(await this.classifier.classify(picture, box), this.contract);
  }

  private face(id: number, box: Box, probabilities: number[][]): Face {
    const heads = this.contract.heads.map((head, i) => {
      const own = probabilities[i] as number[];
      return { name: head.name, labels: head.labels, probabilities: own, ...answer(own, head) };
    });
    return { id, box, heads };
  }

  private result(picture: ImageBitmap, faces: Face[], start: number, detected: number) {
    return {
      width: picture.width,
      height: picture.height,
      faces,
      detect_ms: detected - start,
      classify_ms: performance.now() - detected,
      tensors: this.engine.backend.tensors(),
    };
  }
}

/** Cuts a flat list into pieces as long as those of `like`. */
function regroup(flat: readonly number[], like: readonly number[][]): number[][] {
  let start = 0;
  return like.map((piece) => {
    start += piece.length;
    return flat.slice(start - piece.length, start);
  });
}
