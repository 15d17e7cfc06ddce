import { expect, test } from "vitest";
import { type Box, iou, type Rect } from "./geometry";
import { type Sight, Tracker } from "./tracker";

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

async function following(): Promise<Tracker> {
  const tracker = new Tracker(LOOK);
  await tracker.follow(new Frame([FACE]), 0);
  return tracker;
}

test("it starts with the whole frame, and looks again at what it found", async () => {
  const frame = new Frame([FACE]);
  const track = await new Tracker(LOOK).follow(frame, 0);
  expect(track).toEqual({ box: FACE, fresh: true });
  expect(frame.looks).toEqual(["whole", { x: 70, y: 55, side: 100 }]);
});

test("then it looks at twice the face's longer side", async () => {
  const frame = new Frame([FACE]);
  const track = await (await following()).follow(frame, 33);
  expect(track?.fresh).toBe(false);
  expect(frame.looks).toEqual([{ x: 70, y: 55, side: 100 }]);
});

test("after a second it looks at the whole frame again", async () => {
  const tracker = await following();
  const frames = [new Frame([FACE]), new Frame([FACE])] as const;
  await tracker.follow(frames[0], 999);
  await tracker.follow(frames[1], 1000);
  expect(frames.map((frame) => frame.looks.includes("whole"))).toEqual([false, true]);
});

test("a face that only the nearer look shows is not let go", async () => {
  const tracker = await following();
  const track = await tracker.follow(new Frame([], [FACE]), 1000);
  expect(track).toEqual({ box: FACE, fresh: false });
});

test("nor is it left for another one", async () => {
  const tracker = await following();
  const track = await tracker.follow(new Frame([OTHER], [OTHER, FACE]), 1000);
  expect(track).toEqual({ box: FACE, fresh: false });
});

test("a lost face is looked for in the whole frame, and then there is none", async () => {
  const tracker = await following();
  expect(await tracker.follow(new Frame([]), 33)).toBeNull();
  const frame = new Frame([]);
  await tracker.follow(frame, 66);
  expect(frame.looks).toEqual(["whole"]);
});

test("it stays with its face when a more certain one appears", async () => {
  const tracker = await following();
  const track = await tracker.follow(new Frame([OTHER, { ...FACE, x: 104 }]), 1000);
  expect(track?.fresh).toBe(false);
  expect(track?.box.x).toBeLessThan(105);
});

test("of several faces only the one that is followed gets a second look", async () => {
  const tracker = await following();
  const frame = new Frame([OTHER, FACE]);
  await tracker.follow(frame, 1000);
  expect(frame.looks).toEqual(["whole", { x: 70, y: 55, side: 100 }]);
});

test("another face is a fresh one, and not blended with the last", async () => {
  const tracker = await following();
  expect(await tracker.follow(new Frame([OTHER]), 1000)).toEqual({ box: OTHER, fresh: true });
});

test("of several faces it begins with the most certain", async () => {
  const track = await new Tracker(LOOK).follow(new Frame([OTHER, FACE]), 0);
  expect(track?.box).toEqual(OTHER);
});

test("a face that the second look takes back is passed over for the next", async () => {
  const beside = { ...FACE, x: 140, y: 110 };
  const frame = new Frame([beside, OTHER], [FACE, OTHER]);
  expect((await new Tracker(LOOK).follow(frame, 0))?.box).toEqual(OTHER);
});

test("a reset forgets the face", async () => {
  const tracker = await following();
  tracker.reset();
  const frame = new Frame([]);
  expect(await tracker.follow(frame, 33)).toBeNull();
  expect(frame.looks).toEqual(["whole"]);
});
