import { expect, test } from "vitest";
import { newestOnly } from "./newest_only";

test("what is asked for while the task runs is done once more, and once only", async () => {
  let runs = 0;
  const run = newestOnly(async () => {
    runs++;
    await Promise.resolve();
  });
  await Promise.all([run(), run(), run()]);
  expect(runs).toBe(2);
});

test("a task that failed can be asked for again", async () => {
  let runs = 0;
  const run = newestOnly(async () => {
    if (++runs === 1) throw new Error("first");
  });
  await expect(run()).rejects.toThrow("first");
  await run();
  expect(runs).toBe(2);
});
