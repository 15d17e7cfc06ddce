import { expect, test } from "vitest";
import { Fault } from "../../core/fault";
import type { ClipFrame } from "./clip";
import { OpenedClip } from "./opened_clip";

const picture = { close: () => undefined } as ImageBitmap;

function clipOf(read: () => AsyncGenerator<ClipFrame, void, undefined>): OpenedClip {
  const shape = { width: 4, height: 3, duration_s: 1, how: "decoder" } as const;
  return new OpenedClip({ ...shape, read, free: () => undefined });
}

async function all(clip: OpenedClip): Promise<number[]> {
  const times_s: number[] = [];
  for await (const { time_s } of clip.frames()) times_s.push(time_s);
  return times_s;
}

test("what goes wrong while reading is a fault of the clip", async () => {
  const clip = clipOf(async function* () {
    yield { picture, time_s: 0 };
    throw new Error("torn");
  });
  await expect(all(clip)).rejects.toEqual(new Fault("bad-clip", "torn"));
});

test("a clip without a single frame is a fault", async () => {
  const clip = clipOf(async function* () {});
  await expect(all(clip)).rejects.toMatchObject({ code: "bad-clip" });
});

test("a clip can be read again", async () => {
  const clip = clipOf(async function* () {
    yield { picture, time_s: 0.5 };
  });
  expect([await all(clip), await all(clip)]).toEqual([[0.5], [0.5]]);
});

test("a closed clip is not read", async () => {
  const clip = clipOf(async function* () {
    yield { picture, time_s: 0 };
  });
  clip.close();
  await expect(all(clip)).rejects.toMatchObject({ name: "AbortError" });
});
