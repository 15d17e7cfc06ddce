import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { FACELESS, FakeWorker } from "./fake_worker";
import { WorkerLink } from "./worker_link";

const LONG_MS = 60_000;

let worker: FakeWorker;
let link: WorkerLink;
const news = vi.fn();
const died = vi.fn();

beforeEach(() => {
  vi.useFakeTimers();
  worker = new FakeWorker();
  link = new WorkerLink(worker as unknown as Worker, { news, died });
});
afterEach(() => {
  link.close();
  vi.useRealTimers();
  vi.resetAllMocks();
});

const picture = () => ({ kind: "picture", picture: {} as ImageBitmap }) as const;

test("answers find their questions in any order", async () => {
  const [first, second] = [link.ask(picture()), link.ask(picture())];
  worker.say({ kind: "failed", id: 2, code: "internal", detail: "second" });
  worker.say({ kind: "result", id: 1, result: FACELESS });
  expect((await first).kind).toBe("result");
  expect((await second).kind).toBe("failed");
});

test("what the worker says of itself answers nothing", () => {
  worker.say({ kind: "progress", loaded: 1, total: 2 });
  expect(news).toHaveBeenCalledWith({ kind: "progress", loaded: 1, total: 2 });
});

test("once closed, what was owed is dropped and the worker gone", async () => {
  const asked = link.ask(picture());
  link.close();
  expect(await asked).toEqual({ kind: "dropped", id: 1 });
  expect(worker.isTerminated).toBe(true);
});

test("a worker that dies drops what it owed before it is told", async () => {
  const asked = link.ask(picture());
  worker.die();
  expect(died).toHaveBeenCalledWith("out of memory");
  expect((await asked).kind).toBe("dropped");
});

test("a worker that is asked and silent for long is dead", async () => {
  void link.ask(picture());
  await vi.advanceTimersByTimeAsync(LONG_MS);
  expect(died).toHaveBeenCalledOnce();
});

test("a worker that loads a model is asked whether it lives, and dead if it does not say", async () => {
  worker.say({ kind: "progress", loaded: 1, total: 2 });
  worker.answersPings = true;
  await vi.advanceTimersByTimeAsync(LONG_MS);
  expect(died).not.toHaveBeenCalled();
  worker.answersPings = false;
  await vi.advanceTimersByTimeAsync(LONG_MS);
  expect(died).toHaveBeenCalledOnce();
});

test("a worker whose script is still on its way may be silent", async () => {
  await vi.advanceTimersByTimeAsync(LONG_MS);
  expect(died).not.toHaveBeenCalled();
});

test("a worker that is asked nothing may be silent", async () => {
  worker.say({ kind: "progress", loaded: 1, total: 2 });
  worker.run();
  void link.ask(picture());
  worker.say({ kind: "dropped", id: 1 });
  await vi.advanceTimersByTimeAsync(LONG_MS);
  expect(died).not.toHaveBeenCalled();
});

test("what cannot be sent is refused, and not waited for", async () => {
  worker.postMessage = () => {
    throw new Error("tainted");
  };
  await expect(link.ask(picture())).rejects.toMatchObject({ code: "bad-picture" });
  await vi.advanceTimersByTimeAsync(LONG_MS);
  expect(died).not.toHaveBeenCalled();
});
