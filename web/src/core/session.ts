import { score } from "../score/score";
import { ScoreError } from "../score/score_error";
import { type Backend, BackendError, type BackendName } from "./backend";
import { choose } from "./choose";
import type { Attempt, DetectorFiles, Engine } from "./engine";
import { asFault, type Fault } from "./fault";
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

type Told<Kind extends ToWorker["kind"]> = Extract<ToWorker, { readonly kind: Kind }>;

type Queued = Exclude<ToWorker, { readonly kind: "compare" | "ping" }>;

interface Site {
  readonly model: ModelFiles;
  readonly detector: DetectorFiles;
  readonly models: readonly string[];
  /** The only backends to try, if the window named any. */
  readonly backends: readonly BackendName[] | null;
}

interface Live extends Site {
  readonly attempts: readonly Attempt[];
  readonly engine: Engine;
  checked_ms: number;
}

/** Answers the window's messages, one after the other; it is started once. */
export class Session {
  private live: Live | null = null;
  /** By the window's own numbers; each outlives the engine that it was made for. */
  private readonly streams = new Map<number, Pipeline>();
  /** Aborted when nothing runs any more: then nobody waits for files. */
  private readonly over = new AbortController();
  private queue: Promise<void> = Promise.resolve();

  constructor(private readonly around: Surroundings) {}

  /** Resolves when the message has been dealt with. */
  async hear(message: ToWorker): Promise<void> {
    // These need nothing that runs, nor wait for it.
    if (message.kind === "ping") return this.around.post({ kind: "pong", id: message.id });
    if (message.kind === "compare") return this.compare(message);
    this.queue = this.queue.then(() => this.handle(message)).catch((error) => this.report(error));
    return this.queue;
  }

  private async handle(message: Queued): Promise<void> {
    switch (message.kind) {
      case "start":
        return this.start(message);
      case "picture":
      case "frame":
        return this.look(message);
      case "forget":
        this.streams.delete(message.stream);
    }
  }

  private async start(wanted: Told<"start">): Promise<void> {
    const { base, backends } = wanted;
    const { signal } = this.over;
    const manifest = await fetchManifest(base, signal);
    const entry = modelEntry(manifest, wanted.model);
    const progress = (loaded: number, total: number) =>
      this.around.post({ kind: "progress", loaded, total });
    const loader = new Loader(base, manifest, progress, signal);
    const own = entry.sequence ? [entry.graph, entry.sequence.graph] : [entry.graph];
    loader.expect([...own, manifest.detector.graph]);
    const [model, graph] = await Promise.all([
      loader.model(entry),
      loader.graph(manifest.detector.graph),
    ]);
    const models = manifest.models.map((known) => known.name);
    const detector = { entry: manifest.detector, graph };
    await this.run({ model, detector, models, backends }, []);
  }

  /** Takes the first backend that passes and has not failed before. */
  private async run(site: Site, before: readonly Attempt[]): Promise<void> {
    const { model, detector, models, backends } = site;
    const attempts = [...before];
    const { candidates, open, post } = this.around;
    const engine = await choose(backends ?? candidates(), open, model, detector, attempts);
    this.live = { ...site, attempts, engine, checked_ms: performance.now() };
    const { heads } = model.contract;
    const backend = engine.backend.name;
    post({ kind: "ready", running: { model: model.entry, models, heads, backend, attempts } });
  }

  private async look(message: Told<"picture" | "frame">): Promise<void> {
    const { id, picture } = message;
    const now = this.live;
    let answer: ToWindow = { kind: "dropped", id };
    let problem: string | null = null;
    try {
      if (now) answer = { kind: "result", id, result: await this.read(now, message) };
    } catch (error) {
      if (error instanceof BackendError) problem = error.message;
      else answer = { kind: "failed", id, ...told(error) };
    }
    picture.close();
    this.around.post(answer);
    if (now && problem !== null) await this.replace(now, problem);
  }

  private async read(now: Live, message: Told<"picture" | "frame">): Promise<FrameResult> {
    await recheck(now);
    if (message.kind === "picture") return pipelineOn(now).picture(message.picture);
    const { picture, time_ms, following } = message;
    return this.pipeline(message, now).frame(picture, time_ms, following);
  }

  /** On another engine a stream begins anew, but gives no face the id of an earlier one. */
  private pipeline({ stream, first_id }: Told<"frame">, now: Live): Pipeline {
    const known = this.streams.get(stream);
    if (known?.engine === now.engine) return known;
    const made = pipelineOn(now, Math.max(first_id, known?.nextId ?? 0));
    this.streams.set(stream, made);
    return made;
  }

  /** The backend that failed is left for the next. */
  private async replace(now: Live, problem: string): Promise<void> {
    this.live = null;
    now.engine.dispose();
    const { name } = now.engine.backend;
    await this.run(now, [...now.attempts.slice(0, -1), { name, problem }]);
  }

  private compare({ id, reference, take, options }: Told<"compare">): void {
    let answer: ToWindow;
    try {
      answer = { kind: "compared", id, score: score(reference, take, options) };
    } catch (error) {
      answer = { kind: "failed", id, ...unfit(error) };
    }
    this.around.post(answer);
  }

  private report(error: unknown): void {
    this.over.abort();
    const { code, detail } = asFault(error);
    this.around.post({ kind: "fault", code, detail });
  }
}

function pipelineOn({ engine, model }: Live, firstId = 0): Pipeline {
  return new Pipeline(engine, model.contract, firstId);
}

/** A driver may go wrong long after the start. */
async function recheck(now: Live): Promise<void> {
  if (performance.now() - now.checked_ms < CHECK_EVERY_MS) return;
  now.checked_ms = performance.now();
  const problem = await now.engine.check();
  if (problem) throw new BackendError(problem);
}

/** What a message can carry of an error. */
function told(error: unknown): Pick<Fault, "code" | "detail"> {
  const { code, detail } = asFault(error);
  return { code, detail };
}

/** Clips that cannot be compared are no fault of ours. */
function unfit(error: unknown): Pick<Fault, "code" | "detail"> {
  if (!(error instanceof ScoreError)) return told(error);
  return { code: "incomparable", detail: `${error.reason}: ${error.message}` };
}
