import type { SecondLook } from "./contract";
import { type Box, iou, type Rect } from "./geometry";
import { lookAgain, lookRect, SAME_FACE_IOU, TWICE_IOU } from "./second_look";
import { Smoother } from "./smooth";

const WHOLE_EVERY_MS = 1000;
const BOX_CONSTANT_MS = 60;

/** The faces of one frame: in the whole of it, or only in a square. */
export interface Sight {
  whole(): Promise<Box[]>;
  near(rect: Rect): Promise<Box[]>;
}

export interface Track {
  /** The same for as long as the face is followed, and never another's. */
  readonly id: number;
  readonly box: Box;
}

interface Followed extends Track {
  readonly smoother: Smoother;
}

/** Where a followed face may be now. */
interface Claim {
  readonly face: Followed;
  readonly box: Box;
}

/** Follows faces from frame to frame, looking at the whole frame only now and then. */
export class Tracker {
  private faces: readonly Followed[] = [];
  private whole_ms = Number.NEGATIVE_INFINITY;

  /** Ids count up from `unused`. */
  constructor(
    private readonly look: SecondLook,
    private unused = 0,
  ) {}

  /** The id that the next new face will have. */
  get nextId(): number {
    return this.unused;
  }

  /**
   * Which faces are followed in this frame, at most so many, and where they are. The one that has
   * been followed longest comes first; of those that came together, the most certain.
   */
  async follow(sight: Sight, now_ms: number, most: number): Promise<readonly Track[]> {
    const before = this.faces.slice(0, most);
    const due = before.length === 0 || this.isDue(now_ms);
    const near = due ? [] : settle(await this.nearAll(before, sight));
    if (!due && near.length === before.length) return this.take(near, [], now_ms);
    this.whole_ms = now_ms;
    const boxes = await sight.whole();
    const lost = before.filter((face) => !near.some((claim) => claim.face === face));
    const found = settle(await this.again(lost, boxes, near, sight), near);
    const placed = [...near, ...found];
    return this.take(placed, await this.newcomers(boxes, placed, most, sight), now_ms);
  }

  private isDue(now_ms: number): boolean {
    return now_ms - this.whole_ms >= WHOLE_EVERY_MS || now_ms < this.whole_ms;
  }

  /** A far face may show only to the nearer look: it is not given up before that. */
  private async again(
    lost: readonly Followed[],
    boxes: readonly Box[],
    near: readonly Claim[],
    sight: Sight,
  ): Promise<Claim[]> {
    const seen = settle(
      lost.flatMap((face) => claims(face, boxes)),
      near,
    );
    const confirmed: Claim[] = [];
    for (const { face, box } of seen) {
      const better = await this.confirmed(box, sight);
      if (better) confirmed.push({ face, box: better });
    }
    const unseen = lost.filter((face) => !seen.some((claim) => claim.face === face));
    return [...confirmed, ...(await this.nearAll(unseen, sight))];
  }

  private async nearAll(faces: readonly Followed[], sight: Sight): Promise<Claim[]> {
    const found: Claim[] = [];
    for (const face of faces) {
      found.push(...claims(face, await sight.near(lookRect(face.box, this.look))));
    }
    return found;
  }

  /** The boxes of faces that nobody follows, as far as there is room for them. */
  private async newcomers(
    boxes: readonly Box[],
    placed: readonly Claim[],
    most: number,
    sight: Sight,
  ): Promise<Box[]> {
    const taken = placed.map(({ box }) => box);
    const fresh: Box[] = [];
    for (const box of boxes) {
      if (taken.length + fresh.length >= most) break;
      const isFree = (one: Box) => isApart(one, taken) && isApart(one, fresh);
      const better = isFree(box) && (await this.confirmed(box, sight));
      if (better && isFree(better)) fresh.push(better);
    }
    return fresh.sort((one, other) => other.score - one.score);
  }

  /** A box of the whole frame as the second look sees it, unless that takes it back. */
  private async confirmed(box: Box, sight: Sight): Promise<Box | undefined> {
    const [better] = await lookAgain([box], this.look, (rect) => sight.near(rect));
    return better;
  }

  private take(placed: readonly Claim[], fresh: readonly Box[], now_ms: number): readonly Track[] {
    const kept = [...placed].sort((one, other) => one.face.id - other.face.id);
    this.faces = [
      ...kept.map(({ face, box }) => moved(face, box, now_ms)),
      ...fresh.map((box) =>
        moved({ id: this.unused++, box, smoother: new Smoother() }, box, now_ms),
      ),
    ];
    return this.faces;
  }
}

/** The boxes that may be this face's. */
function claims(face: Followed, boxes: readonly Box[]): Claim[] {
  return boxes.filter((box) => iou(face.box, box) >= SAME_FACE_IOU).map((box) => ({ face, box }));
}

/**
 * One box for each face, and none that two faces share, with each other or with those `before`. The
 * best overlaps go first, so that two people who meet do not take each other's place.
 */
function settle(claims: readonly Claim[], before: readonly Claim[] = []): Claim[] {
  const kept: Claim[] = [];
  const overlap = ({ face, box }: Claim) => iou(face.box, box);
  for (const claim of [...claims].sort((one, other) => overlap(other) - overlap(one))) {
    const taken = [...before, ...kept];
    const isOwn = taken.every(({ face }) => face !== claim.face);
    if (
      isOwn &&
      isApart(
        claim.box,
        taken.map(({ box }) => box),
      )
    )
      kept.push(claim);
  }
  return kept;
}

function isApart(box: Box, others: readonly Box[]): boolean {
  return others.every((other) => iou(box, other) <= TWICE_IOU);
}

function moved({ id, smoother }: Followed, box: Box, now_ms: number): Followed {
  const values = smoother.next([box.x, box.y, box.width, box.height], now_ms, BOX_CONSTANT_MS);
  const [x, y, width, height] = values as [number, number, number, number];
  return { id, smoother, box: { x, y, width, height, score: box.score } };
}
