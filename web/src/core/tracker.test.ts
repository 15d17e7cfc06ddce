import { expect, test } from "vitest";
import { type Box, iou, type Rect } from "./geometry";
import { type Sight, type Track, Tracker } from "./tracker";

const LOOK = { size: 160, factor: 2 };
const FACE = { x: 100, y: 80, width: 40, height: 50, score: 0.9 };
const OTHER = { x: 300, y: 80, width: 60, height: 60, score: 0.99 };

/** What the whole frame shows; a nearer look shows the faces that are really there. */
class Frame implements Sight {
  readonly looks: (Rect | "whole")[] = [];

  constructor(
    private readonly seen: Box[],
    private readonly real: Box[] = seen,
  ) {}

  async whole(): Promise<Box[]> {
    this.looks.push("whole");
    return this.seen;
  }

  async near(rect: Rect): Promise<Box[]> {
    this.looks.push(rect);
    const square = { ...rect, width: rect.side, height: rect.side, score: 1 };
    return this.real.filter((box) => iou(square, box) > 0);
  }
}

/** A face moved to the side. */
function at(x: number, face: Box = FACE): Box {
  return { ...face, x };
}

async function following(most = 1, faces = [FACE]): Promise<Tracker> {
  const tracker = new Tracker(LOOK);
  await tracker.follow(new Frame(faces), 0, most);
  return tracker;
}

const ids = (tracks: readonly Track[]) => tracks.map(({ id }) => id);

test("it starts with the whole frame, and looks again at what it found", async () => {
  const frame = new Frame([FACE]);
  expect(await new Tracker(LOOK).follow(frame, 0, 1)).toMatchObject([{ id: 0, box: FACE }]);
  expect(frame.looks).toEqual(["whole", { x: 70, y: 55, side: 100 }]);
});

test("then it looks at twice the face's longer side", async () => {
  const frame = new Frame([FACE]);
  expect(ids(await (await following()).follow(frame, 33, 1))).toEqual([0]);
  expect(frame.looks).toEqual([{ x: 70, y: 55, side: 100 }]);
});

test("after a second it looks at the whole frame again", async () => {
  const tracker = await following();
  const frames = [new Frame([FACE]), new Frame([FACE])] as const;
  await tracker.follow(frames[0], 999, 1);
  await tracker.follow(frames[1], 1000, 1);
  expect(frames.map((frame) => frame.looks.includes("whole"))).toEqual([false, true]);
});

test("a face that only the nearer look shows is not let go", async () => {
  const tracks = await (await following()).follow(new Frame([], [FACE]), 1000, 1);
  expect(tracks).toMatchObject([{ id: 0, box: FACE }]);
});

test("nor is it left for another one", async () => {
  const tracks = await (await following()).follow(new Frame([OTHER], [OTHER, FACE]), 1000, 1);
  expect(tracks).toMatchObject([{ id: 0, box: FACE }]);
});

test("a lost face is looked for in the whole frame, and then there is none", async () => {
  const tracker = await following();
  expect(await tracker.follow(new Frame([]), 33, 1)).toEqual([]);
  const frame = new Frame([]);
  await tracker.follow(frame, 66, 1);
  expect(frame.looks).toEqual(["whole"]);
});

test("it stays with its face when a more certain one appears", async () => {
  const [track] = await (await following()).follow(new Frame([OTHER, at(104)]), 1000, 1);
  expect(track?.id).toBe(0);
  expect(track?.box.x).toBeLessThan(105);
});

test("of several faces only the one that is followed gets a second look", async () => {
  const frame = new Frame([OTHER, FACE]);
  await (await following()).follow(frame, 1000, 1);
  expect(frame.looks).toEqual(["whole", { x: 70, y: 55, side: 100 }]);
});

test("another face has another id, and is not blended with the last", async () => {
  const tracks = await (await following()).follow(new Frame([OTHER]), 1000, 1);
  expect(tracks).toMatchObject([{ id: 1, box: OTHER }]);
});

test("of several faces it begins with the most certain", async () => {
  const tracks = await new Tracker(LOOK).follow(new Frame([OTHER, FACE]), 0, 1);
  expect(tracks).toMatchObject([{ box: OTHER }]);
});

test("a face that the second look takes back is passed over for the next", async () => {
  const beside = { ...FACE, x: 140, y: 110 };
  const frame = new Frame([beside, OTHER], [FACE, OTHER]);
  expect(await new Tracker(LOOK).follow(frame, 0, 1)).toMatchObject([{ box: OTHER }]);
});

test("several faces are followed, each looked at nearby", async () => {
  const frame = new Frame([OTHER, FACE]);
  const tracks = await (await following(2, [OTHER, FACE])).follow(frame, 33, 2);
  expect(tracks).toMatchObject([
    { id: 0, box: OTHER },
    { id: 1, box: FACE },
  ]);
  expect(frame.looks).toHaveLength(2);
  expect(frame.looks).not.toContain("whole");
});

test("no more are followed than asked for, and fewer as soon as that is asked", async () => {
  const third = at(500);
  const tracker = await following(2, [OTHER, FACE, third]);
  expect(ids(await tracker.follow(new Frame([OTHER, FACE, third]), 33, 2))).toEqual([0, 1]);
  expect(ids(await tracker.follow(new Frame([OTHER, FACE, third]), 66, 1))).toEqual([0]);
});

test("one who comes joins when the whole frame is looked at, behind those who were there", async () => {
  const tracker = await following(4);
  expect(ids(await tracker.follow(new Frame([OTHER, FACE]), 33, 4))).toEqual([0]);
  expect(await tracker.follow(new Frame([OTHER, FACE]), 1000, 4)).toMatchObject([
    { id: 0, box: FACE },
    { id: 1, box: OTHER },
  ]);
});

test("when one is lost the whole frame is looked at, and the other keeps its id", async () => {
  const tracker = await following(2, [OTHER, FACE]);
  const frame = new Frame([FACE, at(500)]);
  expect(await tracker.follow(frame, 33, 2)).toMatchObject([
    { id: 1, box: FACE },
    { id: 2, box: at(500) },
  ]);
  expect(frame.looks).toContain("whole");
});

test("two that pass each other closely keep their ids", async () => {
  const low = (x: number) => ({ ...FACE, x, y: FACE.y + 45 });
  const tracker = await following(2, [at(100), low(200)]);
  let tracks: readonly Track[] = [];
  for (let step = 1; step <= 25; step++) {
    const boxes = [at(100 + 4 * step), low(200 - 4 * step)];
    tracks = await tracker.follow(new Frame(boxes), 33 * step, 2);
  }
  expect(ids(tracks)).toEqual([0, 1]);
  expect(tracks[0]?.box.x).toBeGreaterThan(180);
  expect(tracks[1]?.box.x).toBeLessThan(120);
});

test("a face that hides another is followed once, and the one it was keeps its id", async () => {
  const tracker = await following(2, [FACE, at(120)]);
  const tracks = await tracker.follow(new Frame([at(118)]), 33, 2);
  expect(ids(tracks)).toEqual([1]);
});

test("a face that the whole frame shows a little elsewhere does not join a second time", async () => {
  const tracker = await following(4);
  const tracks = await tracker.follow(new Frame([at(121), OTHER], [FACE, OTHER]), 1000, 4);
  expect(tracks).toMatchObject([
    { id: 0, box: FACE },
    { id: 1, box: OTHER },
  ]);
});

test("each face's box is eased by itself", async () => {
  const tracker = await following(2, [OTHER, FACE]);
  const [, track] = await tracker.follow(new Frame([OTHER, at(104)]), 60, 2);
  expect(track?.box.x).toBeCloseTo(100 + 4 * (1 - Math.exp(-1)), 9);
});
