import { getEventListeners } from "node:events";
import { expect, test } from "vitest";
import { unlessAborted } from "./unless_aborted";

const never = () => new Promise<never>(() => undefined);

test("what is done in time comes through, with a signal and without", async () => {
  expect(await unlessAborted(Promise.resolve(1))).toBe(1);
  expect(await unlessAborted(Promise.resolve(1), new AbortController().signal)).toBe(1);
});

test("an abort does not wait for the work", async () => {
  const abort = new AbortController();
  const work = unlessAborted(never(), abort.signal);
  abort.abort();
  await expect(work).rejects.toMatchObject({ name: "AbortError" });
});

test("a signal that was aborted before comes first", async () => {
  const reason = new Error("left");
  await expect(unlessAborted(Promise.resolve(1), AbortSignal.abort(reason))).rejects.toBe(reason);
});

test("no listener stays on the signal", async () => {
  const { signal } = new AbortController();
  await unlessAborted(Promise.resolve(1), signal);
  await unlessAborted(Promise.reject(new Error("no")), signal).catch(() => undefined);
  expect(getEventListeners(signal, "abort")).toEqual([]);
});
