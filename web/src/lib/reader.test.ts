import { getEventListeners } from "node:events";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { FACELESS, FakeWorker } from "./fake_worker";
import { FaceReader, type ReaderState } from "./reader";

const started = vi.hoisted(() => vi.fn());
vi.mock("./start_worker", () => ({ startWorker: started }));

const CURVES = { labels: [], times_s: [], probabilities: [], uncertain: [] };

let workers: FakeWorker[];
let states: ReaderState[];

beforeEach(() => {
  workers = [];
  states = [];
  started.mockImplementation((first) => {
    workers.push(new FakeWorker(first));
    return workers.at(-1);
  });
  vi.stubGlobal("document", { baseURI: "https://example.org/deep/page.html" });
  vi.stubGlobal("createImageBitmap", async () => bitmap());
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.resetAllMocks();
});

const bitmap = () => ({ close: vi.fn() }) as unknown as ImageBitmap & { close: () => void };
const source = () => new Blob();
const open = () => new FaceReader({ onState: (state) => states.push(state) });
const worker = () => workers.at(-1) as FakeWorker;

/** The worker that runs now has been asked so many. */
function asked(kind: "picture" | "frame" | "compare", count = 1) {
  return vi.waitFor(() => {
    const found = worker().all(kind);
    expect(found).toHaveLength(count);
    return { id: found[count - 1]?.id ?? -1 };
  });
}

test.each([
  [undefined, "https://example.org/deep/page.html"],
  ["./facecast/", "https://example.org/deep/facecast/"],
])("the folder %s is found from the page's own", (base, found) => {
  new FaceReader(base === undefined ? {} : { base });
  expect(worker().all("start")[0]?.base).toBe(found);
});

test("it tells each change, but not what holds from the beginning", () => {
  open();
  expect(states).toEqual([]);
  worker().say({ kind: "progress", loaded: 1, total: 2 });
  worker().run();
  expect(states.map(({ kind }) => kind)).toEqual(["loading", "ready"]);
});

test("a picture waits until a model runs", async () => {
  const read = open().picture(source());
  expect(worker().all("picture")).toEqual([]);
  worker().run();
  const { id } = await asked("picture");
  worker().say({ kind: "result", id, result: FACELESS });
  expect(await read).toBe(FACELESS);
});

test("a picture is asked again when a change of backend dropped it", async () => {
  const read = open().picture(source());
  worker().run();
  worker().say({ kind: "dropped", ...(await asked("picture")) });
  worker().say({ kind: "result", id: (await asked("picture", 2)).id, result: FACELESS });
  expect(await read).toBe(FACELESS);
});

test("a picture is asked again after the worker's death", async () => {
  const read = open().picture(source());
  worker().run();
  await asked("picture");
  worker().die();
  expect(workers).toHaveLength(2);
  worker().run();
  worker().say({ kind: "result", id: (await asked("picture")).id, result: FACELESS });
  expect(await read).toBe(FACELESS);
});

test("a worker that dies twice is lost, with all that waits for it", async () => {
  const reader = open();
  const read = reader.picture(source());
  worker().die();
  worker().die();
  await expect(read).rejects.toMatchObject({ code: "worker-lost", detail: "out of memory" });
  expect(workers).toHaveLength(2);
  expect(reader.state.kind).toBe("fault");
});

test("a worker that cannot be made is told once the reader is there", async () => {
  started.mockImplementation(() => {
    throw new TypeError("no such policy");
  });
  const reader = open();
  await expect(reader.ready()).rejects.toMatchObject({ code: "worker-lost" });
  expect(states.map(({ kind }) => kind)).toEqual(["fault"]);
});

test("a fault ends the worker, and loading again starts another", async () => {
  const reader = open();
  const [first] = workers;
  worker().say({ kind: "fault", code: "no-manifest", detail: "manifest.json" });
  await expect(reader.ready()).rejects.toMatchObject({ code: "no-manifest" });
  expect(first?.isTerminated).toBe(true);
  reader.load("other");
  worker().run("other");
  expect(worker().all("start")[0]?.model).toBe("other");
  expect((await reader.ready()).model.name).toBe("other");
});

test("a model that was given up cannot be taken for the next", () => {
  const reader = open();
  const [first] = workers;
  reader.load("other");
  first?.run("small");
  expect(reader.state.kind).toBe("loading");
});

test("an abort ends the waiting for a model, and leaves no listener", async () => {
  const abort = new AbortController();
  const reader = open();
  const ready = reader.ready(abort.signal);
  for (let loaded = 0; loaded < 3; loaded++) {
    worker().say({ kind: "progress", loaded, total: 3 });
    await Promise.resolve();
  }
  expect(getEventListeners(abort.signal, "abort").length).toBeLessThanOrEqual(1);
  abort.abort();
  await expect(ready).rejects.toMatchObject({ name: "AbortError" });
  expect(getEventListeners(abort.signal, "abort")).toEqual([]);
});

test("an abort does not wait for a picture that is being read", async () => {
  const abort = new AbortController();
  const read = open().picture(source(), abort.signal);
  worker().run();
  await asked("picture");
  abort.abort();
  await expect(read).rejects.toMatchObject({ name: "AbortError" });
});

test("a file that is no picture is a fault with its name", async () => {
  vi.stubGlobal("createImageBitmap", () => Promise.reject(new Error("no picture")));
  const reader = open();
  worker().run();
  await expect(reader.picture(new File([], "notes.jpg"))).rejects.toMatchObject({
    code: "bad-picture",
    detail: "notes.jpg",
  });
});

test("a frame is dropped and closed as long as nothing runs", async () => {
  const picture = bitmap();
  expect(await open().stream().frame(picture, 0)).toBeNull();
  expect(picture.close).toHaveBeenCalled();
});

test("each stream has its own number and its own wishes", async () => {
  const reader = open();
  worker().run();
  void reader.stream({ faces: 1 }).frame(bitmap(), 0);
  void reader.stream().frame(bitmap(), 0);
  await asked("frame", 2);
  const frames = worker().all("frame");
  expect(frames.map(({ stream }) => stream)).toEqual([1, 2]);
  expect(frames.map(({ following }) => following.faces)).toEqual([1, 4]);
});

test("a stream's faces keep ids of their own in the next worker, until it is forgotten", async () => {
  const stream = open().stream();
  worker().run();
  const read = stream.frame(bitmap(), 0);
  const faces = [{ id: 6 }, { id: 2 }] as never;
  worker().say({ kind: "result", ...(await asked("frame")), result: { ...FACELESS, faces } });
  await read;
  worker().die();
  worker().run();
  void stream.frame(bitmap(), 40);
  await asked("frame");
  stream.forget();
  void stream.frame(bitmap(), 80);
  await asked("frame", 2);
  const frames = workers.flatMap((each) => each.all("frame"));
  expect(frames.map(({ first_id }) => first_id)).toEqual([0, 7, 0]);
});

test("a score is found before any model runs, and again by the next worker", async () => {
  const score = { score: 100 } as never;
  const compared = open().compare(CURVES, CURVES);
  await asked("compare");
  worker().die();
  worker().say({ kind: "compared", ...(await asked("compare")), score });
  expect(await compared).toBe(score);
});

test("once disposed, the worker is gone and everybody is told", async () => {
  const reader = open();
  worker().run();
  const waiting = [reader.picture(source()), reader.compare(CURVES, CURVES)];
  const frame = reader.stream().frame(bitmap(), 0);
  await asked("picture");
  reader.dispose();
  for (const each of [...waiting, reader.ready(), reader.picture(source())]) {
    await expect(each).rejects.toMatchObject({ code: "disposed" });
  }
  expect(await frame).toBeNull();
  expect(() => reader.load(null)).toThrow("disposed");
  expect(workers.map(({ isTerminated }) => isTerminated)).toEqual([true]);
  expect(states.map(({ kind }) => kind)).toEqual(["ready"]);
});
