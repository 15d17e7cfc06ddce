import { expect, test } from "vitest";
import { ReadingQueue } from "./reading_queue";

/** A queue whose items are read when the test says so. */
function made() {
  const begun: string[] = [];
  const stopped: string[] = [];
  let finish: () => void = () => undefined;
  const queue = new ReadingQueue<string>((item, signal) => {
    begun.push(item);
    return new Promise<void>((resolve) => {
      finish = resolve;
      signal.addEventListener("abort", () => {
        stopped.push(item);
        resolve();
      });
    });
  });
  const next = async () => {
    finish();
    await Promise.resolve();
    await Promise.resolve();
  };
  return { queue, begun, stopped, next };
}

test("items are read one after the other", async () => {
  const { queue, begun, next } = made();
  for (const item of ["a", "b"]) queue.add(item);
  expect(begun).toEqual(["a"]);
  await next();
  expect(begun).toEqual(["a", "b"]);
});

test("who is in a hurry goes before the others", async () => {
  const { queue, begun, next } = made();
  for (const item of ["a", "b", "c"]) queue.add(item);
  queue.hurry("c");
  await next();
  expect(begun).toEqual(["a", "c"]);
});

test("what is dropped while it is read is stopped, and the next begins", async () => {
  const { queue, begun, stopped, next } = made();
  for (const item of ["a", "b"]) queue.add(item);
  queue.drop("a");
  await next();
  expect(stopped).toEqual(["a"]);
  expect(begun).toEqual(["a", "b"]);
});

test("what was dropped can be read again", async () => {
  const { queue, begun, next } = made();
  queue.add("a");
  queue.drop("a");
  queue.add("a");
  await next();
  expect(begun).toEqual(["a", "a"]);
});

test("an item stands in line only once", async () => {
  const { queue, begun, next } = made();
  for (const item of ["a", "b", "b", "a"]) queue.add(item);
  await next();
  await next();
  expect(begun).toEqual(["a", "b"]);
});
