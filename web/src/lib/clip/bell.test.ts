import { expect, test } from "vitest";
import { Bell } from "./bell";

test("a ring wakes who waits", async () => {
  const bell = new Bell();
  const waiting = bell.wait();
  bell.ring();
  await expect(waiting).resolves.toBeUndefined();
});

test("a ring before the wait is not lost, but wakes only once", async () => {
  const bell = new Bell();
  bell.ring();
  await bell.wait();
  let woken = false;
  void bell.wait().then(() => {
    woken = true;
  });
  await new Promise((resolve) => setTimeout(resolve));
  expect(woken).toBe(false);
});
