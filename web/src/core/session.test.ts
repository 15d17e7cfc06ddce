import { createHash } from "node:crypto";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { DEFAULTS } from "../score/score_options";
import type { Backend, BackendName } from "./backend";
import { FakeCanvas } from "./fake_canvas";
import type { ToWindow } from "./messages";
import { Session } from "./session";

const SELFTEST = { outputs: [1], tolerance: 0.1 };
const GRAPH = JSON.stringify({ weightsManifest: [{ paths: ["weights.bin"] }] });
const CONTRACT = JSON.stringify({
  version: 1,
  heads: [{ name: "emotion", labels: ["a"], temperature: 1, uncertain_below: 0 }],
  input: { size: 2, channels: "grey", mean: [0], std: [1], states: [] },
  output: "probabilities",
  crop: {
    detector: "tiny",
    detector_size: 32,
    second_look: { size: 32, factor: 1 },
    rule: { scale: 1, shift_x: 0, shift_y: 0, edge: "replicate" },
  },
});
/** The detector's raw output for a face as high as the square that is looked at. */
const FILLING = Math.log(1 / 2.094468);
const FACE = [0, 0, FILLING, FILLING, 9, ...Array(20).fill(-9)];
const FILES: Record<string, string> = {
  "models/m/contract.json": CONTRACT,
  "models/m/model.json": GRAPH,
  "models/m/weights.bin": "1234",
  "detector/model.json": GRAPH,
  "detector/weights.bin": "5678",
};
const MANIFEST = JSON.stringify({
  version: 1,
  default: "m",
  models: [
    {
      name: "m",
      contract: "models/m/contract.json",
      graph: "models/m/model.json",
      selftest: SELFTEST,
    },
  ],
  detector: { graph: "detector/model.json", size: 32, selftest: SELFTEST },
  files: Object.fromEntries(
    Object.entries(FILES).map(([path, text]) => [
      path,
      { sha256: createHash("sha256").update(text).digest("hex"), bytes: text.length },
    ]),
  ),
});

/** What each backend's nets answer; 1 is right. */
const answers: Partial<Record<BackendName, number>> = {};
const heard: ToWindow[] = [];
const disposed: BackendName[] = [];

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["performance"] });
  heard.length = 0;
  disposed.length = 0;
  Object.assign(answers, { wasm: 1, webgl: 1 });
  const served: Record<string, string> = { ...FILES, "manifest.json": MANIFEST };
  vi.stubGlobal("fetch", async (url: URL) => new Response(served[url.pathname.slice(1)]));
  vi.stubGlobal("OffscreenCanvas", FakeCanvas);
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function session(): Session {
  const candidates = (): BackendName[] => ["wasm", "webgl"];
  const post = (message: ToWindow) => void heard.push(message);
  return new Session({ post, candidates, open: async (name) => driver(name) });
}

function driver(name: BackendName): Backend {
  const run = async (_input: Float32Array, [, size]: readonly number[]) => ({
    values: Float32Array.from(size === 32 ? FACE : [answers[name] ?? 0]),
    shape: [],
  });
  const load = async () => ({ run, dispose: () => undefined });
  const dispose = () => {
    disposed.push(name);
    throw new Error("crashed");
  };
  return { name, load, tensors: () => 0, dispose };
}

function picture() {
  const bitmap = { width: 4, height: 4, close: vi.fn() };
  return bitmap as typeof bitmap & ImageBitmap;
}

const asked = () => ({ kind: "picture", id: 1, picture: picture() }) as const;

/** The ids of the faces that the next frame of a stream shows; null for no result. */
async function next(made: Session, stream: number, first_id = 0): Promise<number[] | null> {
  const frame = { kind: "frame", id: 1, stream, picture: picture(), time_ms: 0, first_id } as const;
  await made.hear({ ...frame, following: { faces: 4, smooth_ms: 0, reuse: true } });
  const result = heard.filter((message) => "id" in message).at(-1);
  return result?.kind === "result" ? result.result.faces.map(({ id }) => id) : null;
}

const START = { kind: "start", base: "http://host/", model: null, backends: null } as const;

async function started(): Promise<Session> {
  const made = session();
  await made.hear(START);
  return made;
}

test("it reports the backend that passed, and the heads", async () => {
  await started();
  expect(heard.at(-1)).toMatchObject({
    kind: "ready",
    running: {
      backend: "wasm",
      heads: [{ name: "emotion" }],
      attempts: [{ name: "wasm", problem: null }],
    },
  });
});

test("only the backends that were named are tried, in that order", async () => {
  const made = session();
  answers.webgl = 7;
  await made.hear({ ...START, backends: ["webgl", "wasm-plain"] });
  expect(heard.at(-1)).toMatchObject({
    kind: "fault",
    detail: expect.stringMatching(/^webgl: .*; wasm-plain: /),
  });
});

test("a backend that goes wrong while it runs, and even at its end, is left for the next", async () => {
  const made = await started();
  answers.wasm = 7;
  vi.advanceTimersByTime(31_000);
  await made.hear(asked());
  expect(disposed).toEqual(["wasm"]);
  expect(heard.at(-2)).toEqual({ kind: "dropped", id: 1 });
  expect(heard.at(-1)).toMatchObject({
    kind: "ready",
    running: {
      backend: "webgl",
      attempts: [
        { name: "wasm", problem: "classifier off by 6.00, allowed 0.100" },
        { name: "webgl", problem: null },
      ],
    },
  });
});

test("when the last backend goes wrong, the page is told why", async () => {
  const made = await started();
  Object.assign(answers, { wasm: 7, webgl: 7 });
  vi.advanceTimersByTime(31_000);
  await made.hear(asked());
  expect(heard.at(-1)).toMatchObject({ kind: "fault", code: "no-backend" });
});

test("every frame is closed, even when nothing can be run", async () => {
  const message = asked();
  await session().hear(message);
  expect(message.picture.close).toHaveBeenCalledOnce();
});

test("a frame for which there is no net is answered too", async () => {
  await session().hear(asked());
  expect(heard).toEqual([{ kind: "dropped", id: 1 }]);
});

test("a picture that cannot be read is that picture's fault, and not the backend's", async () => {
  const made = await started();
  vi.stubGlobal(
    "OffscreenCanvas",
    class {
      getContext = () => null;
    },
  );
  await made.hear(asked());
  expect(heard.at(-1)).toEqual({
    kind: "failed",
    id: 1,
    code: "internal",
    detail: "no 2D canvas is to be had here",
  });
  expect(disposed).toEqual([]);
});

test("a fault stops the files that are still on their way", async () => {
  let signal: AbortSignal | null | undefined;
  vi.stubGlobal("fetch", async (url: URL, init: RequestInit) => {
    if (url.pathname === "/manifest.json") return new Response(MANIFEST);
    if (url.pathname !== "/detector/model.json") return new Response("", { status: 404 });
    signal = init.signal;
    return new Promise(() => undefined);
  });
  await started();
  expect(heard).toMatchObject([{ kind: "fault", code: "missing-file" }]);
  expect(signal?.aborted).toBe(true);
});

test("a picture is answered with its faces", async () => {
  const made = await started();
  await made.hear(asked());
  expect(heard.at(-1)).toMatchObject({ kind: "result", id: 1, result: { faces: [{ id: 0 }] } });
});

test("a stream follows its faces from frame to frame, and no other stream's", async () => {
  const made = await started();
  expect(await next(made, 1)).toEqual([0]);
  expect(await next(made, 1)).toEqual([0]);
  expect(await next(made, 2)).toEqual([0]);
});

test("a stream that began in an earlier worker goes on with new ids", async () => {
  const made = await started();
  expect(await next(made, 1, 7)).toEqual([7]);
  expect(await next(made, 1, 8)).toEqual([7]);
});

test("a stream survives a change of backend, with new ids", async () => {
  const made = await started();
  await next(made, 1);
  answers.wasm = 7;
  vi.advanceTimersByTime(31_000);
  expect(await next(made, 1)).toBeNull();
  expect(await next(made, 1)).toEqual([1]);
});

test("a stream that is forgotten begins anew", async () => {
  const made = await started();
  await next(made, 1, 7);
  await made.hear({ kind: "forget", stream: 1 });
  expect(await next(made, 1)).toEqual([0]);
});

const CURVES = {
  labels: ["a", "b"],
  times_s: [0, 0.5, 1],
  probabilities: [
    [1, 0],
    [0, 1],
    [1, 0],
  ],
  uncertain: [false, false, false],
};
const COMPARE = {
  kind: "compare",
  id: 3,
  reference: CURVES,
  take: CURVES,
  options: DEFAULTS,
} as const;

test("clips are compared though nothing runs", async () => {
  await session().hear(COMPARE);
  expect(heard).toMatchObject([{ kind: "compared", id: 3, score: { score: 100 } }]);
});

test("a session that still loads says that it lives", async () => {
  vi.stubGlobal("fetch", () => new Promise(() => undefined));
  const made = session();
  void made.hear(START);
  await made.hear({ kind: "ping", id: 4 });
  expect(heard).toEqual([{ kind: "pong", id: 4 }]);
});

test("clips that cannot be compared are answered too, with the reason", async () => {
  await session().hear({ ...COMPARE, take: { ...CURVES, labels: ["b", "a"] } });
  expect(heard).toMatchObject([{ kind: "failed", id: 3, code: "incomparable" }]);
  expect(heard[0]).toHaveProperty("detail", expect.stringMatching(/^unfit: the labels differ/));
});
