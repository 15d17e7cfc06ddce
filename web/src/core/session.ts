import { type Backend, BackendError, type BackendName } from "./backend";
import { choose } from "./choose";
import type { Attempt, DetectorFiles, Engine } from "./engine";
import { asFault } from "./fault";
import { Loader, type ModelFiles } from "./loader";
import { fetchManifest, modelEntry } from "./manifest";
import type { FrameResult, ToWindow, ToWorker } from "./messages";
import { Pipeline } from "./pipeline";

const CHECK_EVERY_MS = 30_000;

/** What a session needs of the machine. */
export interface Surroundings {
  readonly post: (message: ToWindow) => void;
  readonly open: (name: BackendName) => Promise<Backend>;
  readonly candidates: () => AsyncIterable<BackendName> | Iterable<BackendName>;
}

type FrameMessage = ToWorker & { kind: "frame" };

interface Files {
  readonly model: ModelFiles;
  readonly detector: DetectorFiles;
  readonly models: readonly string[];
}

interface Running extends Files {
  readonly attempts: readonly Attempt[];
  readonly engine: Engine;
  readonly pipeline: Pipeline;
  checked_ms: number;
}

/** Answers the window's messages, one after the other. */
export class Session {
  private running: Running | null = null;
  /** Aborted when what was started last has failed or is no longer wanted. */
  private started = new AbortController();
  private queue: Promise<void> = Promise.resolve();

  constructor(private readonly around: Surroundings) {}

  /** Resolves when the message has been dealt with. */
  hear(message: ToWorker): Promise<void> {
    if (message.kind === "start") {
      this.started.abort();
      this.started = new AbortController();
    }
    const { started } = this;
    this.queue = this.queue
      .then(() => this.handle(message, started.signal))
      .catch((error) => this.report(error, started));
    return this.queue;
  }

  private async handle(message: ToWorker, signal: AbortSignal): Promise<void> {
    switch (message.kind) {
      case "start":
        return this.start(message.base, message.model, signal);
      case "frame":
        return this.frame(message, signal);
      case "reset":
        this.running?.pipeline.reset();
    }
  }

  private async start(base: string, name: string | null, signal: AbortSignal): Promise<void> {
    this.stop();
    const manifest = await fetchManifest(base, signal);
    const entry = modelEntry(manifest, name);
    const progress = (loaded: number, total: number) =>
      this.around.post({ kind: "progress", loaded, total });
    const loader = new Loader(base, manifest, progress, signal);
    loader.expect([entry.graph, manifest.detector.graph]);
    const [model, graph] = await Promise.all([
      loader.model(entry),
      loader.graph(manifest.detector.graph),
    ]);
    const models = manifest.models.map((known) => known.name);
    await this.run({ model, detector: { entry: manifest.detector, graph }, models }, [], signal);
  }

  private stop(): void {
    const before = this.running;
    this.running = null;
    before?.engine.dispose();
  }

  /** Takes the first backend that passes and has not failed before. */
  private async run(
    { model, detector, models }: Files,
    before: readonly Attempt[],
    signal: AbortSignal,
  ): Promise<void> {
    const attempts = [...before];
    const { candidates, open, post } = this.around;
    const engine = await choose(candidates(), open, model, detector, attempts);
    if (signal.aborted) return engine.dispose();
    const pipeline = new Pipeline(engine, model.contract);
    const checked_ms = performance.now();
    this.running = { model, detector, models, attempts, engine, pipeline, checked_ms };
    const { heads } = model.contract;
    const backend = engine.backend.name;
    post({ kind: "ready", model: model.entry, models, heads, backend, attempts });
  }

  private async frame(message: FrameMessage, signal: AbortSignal): Promise<void> {
    const { id, picture } = message;
    const now = this.running;
    let answer: ToWindow = { kind: "dropped", id };
    let problem: string | null = null;
    try {
      if (now) answer = { kind: "result", id, result: await read(now, message) };
    } catch (error) {
      if (error instanceof BackendError) problem = error.message;
      else answer = { kind: "failed", id, detail: asFault(error).detail };
    }
    picture.close();
    this.around.post(answer);
    if (now && problem !== null) await this.replace(now, problem, signal);
  }

  /** The backend that failed is left for the next. */
  private async replace(now: Running, problem: string, signal: AbortSignal): Promise<void> {
    this.stop();
    const { name } = now.engine.backend;
    await this.run(now, [...now.attempts.slice(0, -1), { name, problem }], signal);
  }

  private report(error: unknown, started: AbortController): void {
    if (started.signal.aborted) return;
    started.abort();
    const { code, detail } = asFault(error);
    this.around.post({ kind: "fault", code, detail });
  }
}

async function read(now: Running, { picture, time_ms, still }: FrameMessage): Promise<FrameResult> {
  await recheck(now);
  return still ? now.pipeline.still(picture) : now.pipeline.frame(picture, time_ms);
}

/** A driver may go wrong long after the start. */
async function recheck(now: Running): Promise<void> {
  if (performance.now() - now.checked_ms < CHECK_EVERY_MS) return;
  now.checked_ms = performance.now();
  const problem = await now.engine.check();
  if (problem) throw new BackendError(problem);
}
