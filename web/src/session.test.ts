import { createHash } from "node:crypto";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Backend, BackendName } from "./backend";
import type { ToWindow } from "./messages";
import { Session } from "./session";

const SELFTEST = { outputs: [1], tolerance: 0.1 };
const GRAPH = JSON.stringify({ weightsManifest: [{ paths: ["weights.bin"] }] });
const CONTRACT = JSON.stringify({
  version: 1,
  heads: [{ name: "emotion", labels: ["a", "b"], temperature: 1, uncertain_below: 0 }],
  input: { size: 2, channels: "grey", mean: [0], std: [1] },
  crop: { detector_size: 32 },
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

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["performance"] });
  heard.length = 0;
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
  return { name, load, tensors: () => 0, dispose: () => undefined };
}

function frame() {
  const picture = { width: 4, height: 4, close: vi.fn() };
  const bitmap = picture as unknown as ImageBitmap;
  return {
    message: { kind: "frame", id: 1, picture: bitmap, time_ms: 0, still: true },
    picture,
  } as const;
}

async function started(): Promise<Session> {
  const made = session();
  await made.hear({ kind: "start", base: "http://host/", model: null });
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

test("a backend that goes wrong while it runs is left for the next", async () => {
  const made = await started();
  answers.wasm = 7;
  vi.advanceTimersByTime(31_000);
  await made.hear(frame().message);
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
