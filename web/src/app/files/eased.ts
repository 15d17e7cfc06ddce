import { type Face, type FrameResult, type HeadAnswer, type Running, Smoother } from "../../lib";

const CONSTANT_MS = 250;

/** Eases the probabilities of each face over time, as the camera's are. */
export class Eased {
  private smoothers = new Map<number, Smoother>();

  constructor(private readonly heads: Running["heads"]) {}

  /** The next moment of the clip. A face that was away begins anew. */
  next(result: FrameResult, time_s: number): FrameResult {
    const before = this.smoothers;
    this.smoothers = new Map(
      result.faces.map(({ id }) => [id, before.get(id) ?? new Smoother()] as const),
    );
    return { ...result, faces: result.faces.map((face) => this.face(face, time_s * 1000)) };
  }

  private face(face: Face, now_ms: number): Face {
    const flat = face.heads.flatMap(({ probabilities }) => probabilities);
    const eased = this.smoothers.get(face.id)?.next(flat, now_ms, CONSTANT_MS) ?? flat;
    let start = 0;
    const heads = face.heads.map((head, i) => {
      const own = eased.slice(start, start + head.labels.length);
      start += head.labels.length;
      return this.answer(head, own, this.heads[i]?.uncertain_below ?? 0);
    });
    return { ...face, heads };
  }

  private answer(head: HeadAnswer, probabilities: number[], uncertain_below: number): HeadAnswer {
    const highest = Math.max(...probabilities);
    const best = probabilities.indexOf(highest);
    return { ...head, probabilities, best, uncertain: highest < uncertain_below };
  }
}
