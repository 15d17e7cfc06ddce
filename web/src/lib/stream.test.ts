import { expect, test, vi } from "vitest";
import { FaceStream } from "./stream";

const PICTURE = {} as ImageBitmap;

test("wishes that change hold from the next frame on", async () => {
  const frame = vi.fn(async () => null);
  const stream = new FaceStream({ ready: vi.fn(), frame, forget: vi.fn() }, ONE);
  await stream.frame(PICTURE, 0);
  stream.following = { faces: 2, smooth_ms: 100, reuse: false };
  await stream.frame(PICTURE, 40);
  expect(frame.mock.calls).toEqual([
    [PICTURE, 0, ONE],
    [PICTURE, 40, { faces: 2, smooth_ms: 100, reuse: false }],
  ]);
});

const ONE = { faces: 1, smooth_ms: 0, reuse: true };
