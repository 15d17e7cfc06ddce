import { expect, test, vi } from "vitest";
import { OneWork } from "./one_work";

test("a new work begins only when the one before has tidied up", async () => {
  const order: string[] = [];
  const work = new OneWork(() => undefined);
  const first = work.run(async (signal) => {
    await new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve()));
    await Promise.resolve();
    order.push("tidied");
  });
  await Promise.resolve();
  await work.run(async () => void order.push("begun"));
  await first;
  expect(order).toEqual(["tidied", "begun"]);
});

test("a work that was ended from outside is no failure, one that breaks is", async () => {
  const failed = vi.fn();
  const work = new OneWork(failed);
  const ended = work.run(async (signal) => {
    work.abort();
    signal.throwIfAborted();
  });
  await ended;
  expect(failed).not.toHaveBeenCalled();
  await work.run(async () => {
    throw new Error("broken");
  });
  expect(failed).toHaveBeenCalledOnce();
});
