import { answer, type Face, type FrameResult, type Running, Smoother } from "../../lib";

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
    const flat = face.heads.flatMap(({ probabilities, familiarity = 0 }) => [
      ...probabilities,
      familiarity,
    ]);
    const eased = this.smoothers.get(face.id)?.next(flat, now_ms, CONSTANT_MS) ?? flat;
    let start = 0;
    const heads = face.heads.map((head, i) => {
      const end = start + head.labels.length;
      const own = eased.slice(start, end);
      const familiarity = eased[end];
      start = end + 1;
      const thresholds = this.heads[i] ?? { uncertain_below: 0 };
      return { ...head, probabilities: own, ...answer(own, thresholds, familiarity) };
    });
    return { ...face, heads };
  }
}
