import { beforeEach, expect, test } from "vitest";
import { FakeVideo } from "./fake_video";
import { Presented } from "./presented";

let video: FakeVideo;
let presented: Presented;

beforeEach(() => {
  video = new FakeVideo();
  presented = new Presented(video.element);
});

test("a frame that comes later is waited for", async () => {
  const next = presented.next();
  video.show(1);
  expect(await next).toEqual({ time_ms: 1000, media_s: 1, missed: 0 });
});

test("only the newest is handed out, and it says how many went by", async () => {
  video.show(0);
  await presented.next();
  video.show(1, 2);
  video.show(2);
  expect(await presented.next()).toMatchObject({ media_s: 2, missed: 3 });
});

test("what was shown before anybody asked is not missed", async () => {
  video.show(0);
  video.show(1, 5);
  expect(await presented.next()).toMatchObject({ media_s: 1, missed: 0 });
});

test("the next clip of the same video goes on where its count begins anew", async () => {
  video.show(0, 99);
  await presented.next();
  video.change();
  video.show(0);
  expect(await presented.next()).toMatchObject({ media_s: 0, missed: 0 });
});

test("once stopped it watches no more", () => {
  expect(video.isWatched).toBe(true);
  presented.stop();
  expect(video.isWatched).toBe(false);
});
