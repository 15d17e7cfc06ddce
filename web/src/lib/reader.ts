import type { BackendName } from "../core/backend";
import { Fault } from "../core/fault";
import type { Following, FrameResult, Running } from "../core/messages";
import type { Curves } from "../score/curves";
import type { Score } from "../score/score";
import { DEFAULTS, type ScoreOptions } from "../score/score_options";
import { startWorker } from "./start_worker";
import { FaceStream } from "./stream";
import { type Answer, type Asked, type News, WorkerLink } from "./worker_link";

export interface ReaderOptions {
  /** The folder with `manifest.json`; the page's own by default. */
  readonly base?: string;
  /** One of the folder's models; its default where none is named. */
  readonly model?: string | null;
  /** The only backends to try, in this order. */
  readonly backends?: readonly BackendName[] | null;
  /** Called with every change, by bytes while something is loaded. */
  readonly onState?: (state: ReaderState) => void;
}

export type ReaderState =
  | { readonly kind: "loading"; readonly loaded: number; readonly total: number }
  | { readonly kind: "ready"; readonly running: Running }
  | { readonly kind: "fault"; readonly fault: Fault };

const FOLLOWING: Following = { faces: 4, smooth_ms: 250 };
const STARTING: ReaderState = { kind: "loading", loaded: 0, total: 0 };
/** A picture is asked again when a change of backend or model came between. */
const TRIES = 3;

/** Reads faces in a worker of its own. A worker that dies is started again, once. */
export class FaceReader {
  private link: WorkerLink | null = null;
  private current: ReaderState = STARTING;
  private hasRestarted = false;
  private streams = 0;
  private model: string | null;
  private readonly waiting = new Set<() => void>();

  constructor(private readonly options: ReaderOptions = {}) {
    this.model = options.model ?? null;
    this.start();
  }

  get state(): ReaderState {
    return this.current;
  }

  /** Resolves when a model runs; rejects with a Fault when none can. */
  async ready(signal?: AbortSignal): Promise<Running> {
    for (;;) {
      signal?.throwIfAborted();
      if (this.current.kind === "ready") return this.current.running;
      if (this.current.kind === "fault") throw this.current.fault;
      await this.change(signal);
    }
  }

  /** Takes another model, or the same again after a fault. */
  load(model: string | null): void {
    this.model = model;
    this.hasRestarted = false;
    this.start();
  }

  /** Every face of a picture: a file, a canvas, an image, a video's frame. */
  async picture(source: ImageBitmapSource, signal?: AbortSignal): Promise<FrameResult> {
    for (let tries = 0; tries < TRIES; tries++) {
      await this.ready(signal);
      const picture = await createImageBitmap(source).catch(() => {
        throw new Fault("bad-picture", source instanceof File ? source.name : "");
      });
      const answer = await this.ask({ kind: "picture", picture }, [picture]);
      signal?.throwIfAborted();
      if (answer.kind === "result") return answer.result;
    }
    throw new Fault("internal", "the picture was dropped");
  }

  /** A film to be read frame by frame. */
  stream(following: Partial<Following> = {}): FaceStream {
    const stream = ++this.streams;
    return new FaceStream(
      {
        ready: (signal) => this.ready(signal),
        frame: (picture, time_ms, wanted) => this.frame(stream, picture, time_ms, wanted),
        forget: () => this.link?.post({ kind: "forget", stream }),
      },
      { ...FOLLOWING, ...following },
    );
  }

  /** The acting score of two clips, found in the worker. */
  async compare(
    reference: Curves,
    take: Curves,
    options: Partial<ScoreOptions> = {},
  ): Promise<Score> {
    const asked = {
      kind: "compare",
      reference,
      take,
      options: { ...DEFAULTS, ...options },
    } as const;
    const answer = await this.ask(asked);
    if (answer.kind === "compared") return answer.score;
    throw new Fault("internal", "the comparison was dropped");
  }

  /** Ends the worker. What is asked afterwards is refused. */
  dispose(): void {
    this.link?.close();
    this.link = null;
    this.set({ kind: "fault", fault: new Fault("disposed", "") });
  }

  private start(): void {
    this.link ??= new WorkerLink(startWorker(), {
      news: (news) => this.heard(news),
      died: (detail) => this.died(detail),
    });
    this.set(STARTING);
    const { base = document.baseURI, backends = null } = this.options;
    this.link.post({
      kind: "start",
      base: new URL(base, document.baseURI).href,
      model: this.model,
      backends,
    });
  }

  private async frame(
    stream: number,
    picture: ImageBitmap,
    time_ms: number,
    following: Following,
  ): Promise<FrameResult | null> {
    if (this.current.kind !== "ready") {
      picture.close();
      return null;
    }
    const question = { kind: "frame", stream, picture, time_ms, following } as const;
    const answer = await this.ask(question, [picture]);
    return answer.kind === "result" ? answer.result : null;
  }

  private async ask(question: Asked, transfer: Transferable[] = []): Promise<Answer> {
    if (!this.link)
      throw this.current.kind === "fault" ? this.current.fault : new Fault("disposed", "");
    const answer = await this.link.ask(question, transfer);
    if (answer.kind === "failed") throw new Fault("internal", answer.detail);
    return answer;
  }

  private heard(news: News): void {
    switch (news.kind) {
      case "progress":
        this.set({ kind: "loading", loaded: news.loaded, total: news.total });
        break;
      case "ready":
        this.set({ kind: "ready", running: news.running });
        break;
      case "fault":
        this.link?.close();
        this.link = null;
        this.set({ kind: "fault", fault: new Fault(news.code, news.detail) });
    }
  }

  private died(detail: string): void {
    this.link = null;
    if (this.hasRestarted) {
      this.set({ kind: "fault", fault: new Fault("worker-lost", detail) });
    } else {
      this.hasRestarted = true;
      this.start();
    }
  }

  private set(state: ReaderState): void {
    this.current = state;
    for (const wake of this.waiting) wake();
    this.waiting.clear();
    this.options.onState?.(state);
  }

  private change(signal?: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      this.waiting.add(resolve);
      signal?.addEventListener("abort", () => resolve(), { once: true });
    });
  }
}
