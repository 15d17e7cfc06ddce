import type { Backend, BackendName } from "./backend";
import { choose } from "./choose";
import type { Attempt, DetectorFiles, Engine } from "./engine";
import { asFault } from "./fault";
import { Loader, type ModelFiles } from "./loader";
import { fetchManifest, modelEntry } from "./manifest";
import type { ToWindow, ToWorker } from "./messages";
import { Pipeline } from "./pipeline";

const CHECK_EVERY_MS = 30_000;

/** What a session needs of the machine. */
export interface Surroundings {
  readonly post: (message: ToWindow) => void;
  readonly open: (name: BackendName) => Promise<Backend>;
  readonly candidates: () => AsyncIterable<BackendName> | Iterable<BackendName>;
}

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
  private queue: Promise<void> = Promise.resolve();

  constructor(private readonly around: Surroundings) {}

  /** Resolves when the message has been dealt with. */
  hear(message: ToWorker): Promise<void> {
    this.queue = this.queue.then(() => this.handle(message)).catch((error) => this.report(error));
    return this.queue;
  }

  private async handle(message: ToWorker): Promise<void> {
    switch (message.kind) {
      case "start":
        return this.start(message.base, message.model);
      case "frame":
        return this.frame(message);
      case "reset":
        this.running?.pipeline.reset();
    }
  }

  private async start(base: string, name: string | null): Promise<void> {
    this.running?.engine.dispose();
    this.running = null;
    const manifest = await fetchManifest(base);
    const entry = modelEntry(manifest, name);
    const loader = new Loader(base, manifest, (loaded, total) =>
      this.around.post({ kind: "progress", loaded, total }),
    );
    loader.expect([entry.graph, manifest.detector.graph]);
    const [model, graph] = await Promise.all([
      loader.model(entry),
      loader.graph(manifest.detector.graph),
    ]);
    const models = manifest.models.map((known) => known.name);
    await this.run({ model, detector: { entry: manifest.detector, graph }, models }, []);
  }

  /** Takes the first backend that passes and has not failed before. */
  private async run({ model, detector, models }: Files, before: readonly Attempt[]): Promise<void> {
    const attempts = [...before];
    const { candidates, open, post } = this.around;
    const engine = await choose(candidates(), open, model, detector, attempts);
    const pipeline = new Pipeline(engine, model.contract);
    const checked_ms = performance.now();
    this.running = { model, detector, models, attempts, engine, pipeline, checked_ms };
    const { heads } = model.contract;
    const backend = engine.backend.name;
    post({ kind: "ready", model: model.entry, models, heads, backend, attempts });
  }

  private async frame(message: ToWorker & { kind: "frame" }): Promise<void> {
    const { id, picture, time_ms, still } = message;
    const now = this.running;
    try {
      if (!now) return;
      await recheck(now);
      const { pipeline } = now;
      const result = await (still ? pipeline.still(picture) : pipeline.frame(picture, time_ms));
      this.around.post({ kind: "result", id, still, result });
    } catch (error) {
      if (now) await this.replace(now, asFault(error).detail);
    } finally {
      picture.close();
    }
  }

  /** The backend that failed is left for the next. */
  private async replace(now: Running, problem: string): Promise<void> {
    this.running = null;
    now.engine.dispose();
    const { name } = now.engine.backend;
    await this.run(now, [...now.attempts.slice(0, -1), { name, problem }]);
  }

  private report(error: unknown): void {
    const { code, detail } = asFault(error);
    this.around.post({ kind: "fault", code, detail });
  }
}

/** A driver may go wrong long after the start. */
async function recheck(now: Running): Promise<void> {
  if (performance.now() - now.checked_ms < CHECK_EVERY_MS) return;
  now.checked_ms = performance.now();
  const problem = await now.engine.check();
  if (problem) throw new Error(problem);
}
