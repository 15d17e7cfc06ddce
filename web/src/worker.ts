import { candidates } from "./candidates";
import { choose } from "./choose";
import type { Attempt, DetectorFiles, Engine } from "./engine";
import { asFault } from "./fault";
import { Loader, type ModelFiles } from "./loader";
import { fetchManifest, modelEntry } from "./manifest";
import type { ToWindow, ToWorker } from "./messages";
import { Pipeline } from "./pipeline";
import { openBackend } from "./tfjs_backend";

const CHECK_EVERY_MS = 30_000;

interface WorkerScope {
  postMessage(message: ToWindow): void;
  onmessage: ((event: MessageEvent<ToWorker>) => void) | null;
}

/** What runs now: the files, the engine that they became, and its pipeline. */
interface Running {
  readonly model: ModelFiles;
  readonly detector: DetectorFiles;
  readonly models: readonly string[];
  readonly attempts: Attempt[];
  engine: Engine;
  pipeline: Pipeline;
  checked_ms: number;
}

const scope = self as unknown as WorkerScope;
let running: Running | null = null;
let queue: Promise<void> = Promise.resolve();

scope.onmessage = ({ data }) => {
  queue = queue.then(() => handle(data)).catch(report);
};

async function handle(message: ToWorker): Promise<void> {
  switch (message.kind) {
    case "start":
      return start(message.base, message.model);
    case "reset":
      return running?.pipeline.reset();
    case "frame":
      return frame(message);
  }
}

async function start(base: string, name: string | null): Promise<void> {
  running?.engine.dispose();
  running = null;
  const manifest = await fetchManifest(base);
  const entry = modelEntry(manifest, name);
  const loader = new Loader(base, manifest, (loaded, total) =>
    scope.postMessage({ kind: "progress", loaded, total }),
  );
  loader.expect([entry.graph, manifest.detector.graph]);
  const model = await loader.model(entry);
  const graph = await loader.graph(manifest.detector.graph);
  const detector = { entry: manifest.detector, graph };
  await run(
    model,
    detector,
    manifest.models.map(({ name }) => name),
    [],
  );
}

/** Takes the first backend that passes and has not failed before. */
async function run(
  model: ModelFiles,
  detector: DetectorFiles,
  models: readonly string[],
  attempts: Attempt[],
): Promise<void> {
  const engine = await choose(candidates(), openBackend, model, detector, attempts);
  const pipeline = new Pipeline(engine, model.contract);
  running = { model, detector, models, attempts, engine, pipeline, checked_ms: performance.now() };
  const backend = engine.backend.name;
  const { heads } = model.contract;
  scope.postMessage({ kind: "ready", model: model.entry, models, heads, backend, attempts });
}

async function frame(message: ToWorker & { kind: "frame" }): Promise<void> {
  const { id, picture, time_ms, still } = message;
  const now = running;
  try {
    if (!now) return;
    await recheck(now);
    const { pipeline } = now;
    const result = await (still ? pipeline.still(picture) : pipeline.frame(picture, time_ms));
    scope.postMessage({ kind: "result", id, still, result });
  } catch (error) {
    if (now) await replace(now, asFault(error).detail);
  } finally {
    picture.close();
  }
}

/** A driver may go wrong long after the start. */
async function recheck(now: Running): Promise<void> {
  if (performance.now() - now.checked_ms < CHECK_EVERY_MS) return;
  now.checked_ms = performance.now();
  const problem = await now.engine.check();
  if (problem) throw new Error(problem);
}

/** The backend that failed is left for the next. */
async function replace(now: Running, problem: string): Promise<void> {
  running = null;
  now.engine.dispose();
  const { name } = now.engine.backend;
  await run(now.model, now.detector, now.models, [...now.attempts.slice(0, -1), { name, problem }]);
}

function report(error: unknown): void {
  const { code, detail } = asFault(error);
  scope.postMessage({ kind: "fault", code, detail });
}
