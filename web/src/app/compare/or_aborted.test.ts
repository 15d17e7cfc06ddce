import { expect, test } from "vitest";
import { orAborted } from "./or_aborted";

test("what comes in time is handed on", async () => {
  await expect(orAborted(Promise.resolve(7), new AbortController().signal)).resolves.toBe(7);
});

test("nobody waits any longer once the signal is aborted", async () => {
  const never = new Promise(() => undefined);
  const ended = new AbortController();
  const waiting = orAborted(never, ended.signal);
  ended.abort(new Error("ended"));
  await expect(waiting).rejects.toThrow("ended");
  await expect(orAborted(never, ended.signal)).rejects.toThrow("ended");
});
