import { answer, calibrate } from "./calibrate";
import { Classifier } from "./classifier";
import type { Contract } from "./contract";
import { TinyDetector } from "./detector";
import type { Engine } from "./engine";
import type { Box } from "./geometry";
import type { Face, FrameResult } from "./messages";
import { Smoother } from "./smooth";
import { type Sight, type Track, Tracker } from "./tracker";

const PROBABILITY_CONSTANT_MS = 250;

/** Everything between a frame and its result: detect or track, crop, classify, calibrate, smooth. */
export class Pipeline {
  private readonly detector: TinyDetector;
  private readonly classifier: Classifier;
  private readonly tracker: Tracker;
  private readonly smoother: Smoother;

  /** With 0 for `smooth_ms`, probabilities are as each frame gives them. */
  constructor(
    private readonly engine: Engine,
    private readonly contract: Contract,
    smooth_ms = PROBABILITY_CONSTANT_MS,
  ) {
    this.smoother = new Smoother(smooth_ms);
    this.detector = new TinyDetector(engine.detector);
    this.classifier = new Classifier(engine.classifier, contract);
    this.tracker = new Tracker(contract.crop.second_look);
  }

  /** A picture on its own: the whole of it, and every face. */
  async still(picture: ImageBitmap): Promise<FrameResult> {
    const start = performance.now();
    const boxes = await this.detector.faces(picture, this.contract.crop);
    const detected = performance.now();
    const faces: Face[] = [];
    for (const box of boxes) faces.push(this.face(box, await this.probabilities(picture, box)));
    return this.result(picture, faces, start, detected);
  }

  /** A frame of a film: one face, followed and smoothed. */
  async frame(picture: ImageBitmap, now_ms: number): Promise<FrameResult> {
    const start = performance.now();
    const track = await this.track(picture, now_ms);
    const detected = performance.now();
    if (!track || track.fresh) this.smoother.reset();
    if (!track) return this.result(picture, [], start, detected);
    const fresh = await this.probabilities(picture, track.box);
    const smooth = this.smoother.next(fresh.flat(), now_ms);
    const face = this.face(track.box, regroup(smooth, fresh));
    return this.result(picture, [face], start, detected);
  }

  /** Forgets the face that was followed. */
  reset(): void {
    this.tracker.reset();
    this.smoother.reset();
  }

  private track(picture: ImageBitmap, now_ms: number): Promise<Track | null> {
    const { crop } = this.contract;
    const sight: Sight = {
      whole: () => this.detector.search(picture, crop),
      near: (rect) => this.detector.square(picture, rect, crop.second_look.size),
    };
    return this.tracker.follow(sight, now_ms);
  }

  private async probabilities(picture: ImageBitmap, box: Box): Promise<number[][]> {
    return calibrate(await this.classifier.classify(picture, box), this.contract);
  }

  private face(box: Box, probabilities: number[][]): Face {
    const heads = this.contract.heads.map((head, i) => {
      const own = probabilities[i] as number[];
      return { name: head.name, labels: head.labels, probabilities: own, ...answer(own, head) };
    });
    return { box, heads };
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
