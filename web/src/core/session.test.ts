import { createHash } from "node:crypto";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Backend, BackendName } from "./backend";
import type { ToWindow } from "./messages";
import { Session } from "./session";

const SELFTEST = { outputs: [1], tolerance: 0.1 };
const GRAPH = JSON.stringify({ weightsManifest: [{ paths: ["weights.bin"] }] });
const CONTRACT = JSON.stringify({
  version: 1,
  heads: [{ name: "emotion", labels: ["a"], temperature: 1, uncertain_below: 0 }],
  input: { size: 2, channels: "grey", mean: [0], std: [1], states: [] },
  crop: { detector: "tiny", detector_size: 32 },
});
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
  const run = async () => ({ values: Float32Array.of(answers[name] ?? 0), shape: [1, 1] });
  const load = async () => ({ run, dispose: () => undefined });
  const dispose = () => {
    disposed.push(name);
    throw new Error("crashed");
  };
  return { name, load, tensors: () => 0, dispose };
}

function frame() {
  const picture = { width: 4, height: 4, close: vi.fn() };
  const bitmap = picture as unknown as ImageBitmap;
  return {
    message: { kind: "frame", id: 1, picture: bitmap, time_ms: 0, still: true },
    picture,
  } as const;
}

const START = { kind: "start", base: "http://host/", model: null } as const;

async function started(): Promise<Session> {
  const made = session();
  await made.hear(START);
  return made;
}

test("it reports the backend that passed, and the heads", async () => {
  await started();
  expect(heard.at(-1)).toMatchObject({
    kind: "ready",
    backend: "wasm",
    heads: [{ name: "emotion" }],
    attempts: [{ name: "wasm", problem: null }],
  });
});

test("a backend that goes wrong while it runs, and even at its end, is left for the next", async () => {
  const made = await started();
  answers.wasm = 7;
  vi.advanceTimersByTime(31_000);
  await made.hear(frame().message);
  expect(disposed).toEqual(["wasm"]);
  expect(heard.at(-2)).toEqual({ kind: "dropped", id: 1 });
  expect(heard.at(-1)).toMatchObject({
    kind: "ready",
    backend: "webgl",
    attempts: [
      { name: "wasm", problem: "classifier off by 6.00, allowed 0.100" },
      { name: "webgl", problem: null },
    ],
  });
});

test("when the last backend goes wrong, the page is told why", async () => {
  const made = await started();
  Object.assign(answers, { wasm: 7, webgl: 7 });
  vi.advanceTimersByTime(31_000);
  await made.hear(frame().message);
  expect(heard.at(-1)).toMatchObject({ kind: "fault", code: "no-backend" });
});

test("every frame is closed, even when nothing can be run", async () => {
  const { message, picture } = frame();
  await session().hear(message);
  expect(picture.close).toHaveBeenCalledOnce();
});

test("a frame for which there is no net is answered too", async () => {
  await session().hear(frame().message);
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
  await made.hear(frame().message);
  expect(heard.at(-1)).toEqual({
    kind: "failed",
    id: 1,
    detail: "no 2D canvas is to be had here",
  });
  expect(disposed).toEqual([]);
});

test("a model can be changed even when the last backend cannot be closed", async () => {
  const made = await started();
  await made.hear(START);
  expect(heard.at(-1)).toMatchObject({ kind: "ready", backend: "wasm" });
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

test("a start that another one follows is silent", async () => {
  const made = session();
  await Promise.all([made.hear(START), made.hear(START)]);
  expect(heard.filter(({ kind }) => kind !== "progress")).toMatchObject([{ kind: "ready" }]);
});
