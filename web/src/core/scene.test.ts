import { expect, test } from "vitest";
import type { Box } from "./geometry";
import { Scene } from "./scene";

const CROP = { detector_size: 416, second_look: { size: 160, factor: 2 } };
const PICTURE = { width: 640, height: 480 } as ImageBitmap;
const FACE = { x: 100, y: 80, width: 40, height: 50, score: 0.9 };

/** Where a detector that sees these boxes in the whole picture looks. */
function looking(boxes: Box[]) {
  const asked: unknown[] = [];
  const whole = async (_picture: unknown, size: number) => {
    asked.push(size);
    return boxes;
  };
  const square = async (_picture: unknown, rect: unknown, size: number) => {
    asked.push([rect, size]);
    return [FACE];
  };
  return { asked, scene: new Scene({ whole, square }, PICTURE, CROP) };
}

test("a square that was looked at is not looked at again", async () => {
  const { asked, scene } = looking([FACE]);
  const rect = { x: 70, y: 55, side: 100 };
  expect(await scene.near(rect)).toEqual([FACE]);
  expect(await scene.near({ ...rect })).toEqual([FACE]);
  expect(asked).toEqual([[rect, 160]]);
  expect(scene.looks).toEqual({ whole: 0, near: 1 });
});

test("where the whole shows nobody, a face may fill it", async () => {
  const { asked, scene } = looking([]);
  expect(await scene.whole()).toEqual([FACE]);
  expect(asked).toEqual([416, [{ x: -320, y: -400, side: 1280 }, 160]]);
});

test("each face of a picture is looked at again", async () => {
  const { scene } = looking([FACE, { ...FACE, x: 300 }]);
  await scene.faces();
  expect(scene.looks).toEqual({ whole: 1, near: 2 });
});
