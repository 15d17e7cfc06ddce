import type { BackendName } from "../core/backend";
import { asFault, Fault } from "../core/fault";
import type { Following, FrameResult, Running } from "../core/messages";
import type { Curves } from "../score/curves";
import type { Score } from "../score/score";
import { DEFAULTS, type ScoreOptions } from "../score/score_options";
import { startWorker } from "./start_worker";
import { FaceStream } from "./stream";
import { unlessAborted } from "./unless_aborted";
import { type Answer, type Asked, type News, WorkerLink } from "./worker_link";

export interface ReaderOptions {
  /** The folder with `manifest.json`, with a slash at its end; the page's own by default. */
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

/** What the window knows of a stream. */
interface Film {
  readonly stream: number;
  /** Higher than any of its faces', for a worker that begins anew would count from 0. */
  first_id: number;
}

const FOLLOWING: Following = { faces: 4, smooth_ms: 250, reuse: true };
const STARTING: ReaderState = { kind: "loading", loaded: 0, total: 0 };
/** More often than backends and workers can fail before nothing is left to try. */
const TRIES = 8;

/** Reads faces in a worker of its own. A worker that dies is started again, once. */
export class FaceReader {
  private link: WorkerLink | null = null;
  private current: ReaderState = STARTING;
  private hasRestarted = false;
  private isDisposed = false;
  private streams = 0;
  private model: string | null;
  private readonly base: string;
  private readonly waiting = new Set<() => void>();

  constructor(private readonly options: ReaderOptions = {}) {
    this.model = options.model ?? null;
    this.base = new URL(options.base ?? "", document.baseURI).href;
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
    if (this.isDisposed) throw new Fault("disposed", "");
    this.model = model;
    this.hasRestarted = false;
    this.begin();
  }

  /** Every face of a picture: a file, a canvas, an image, a video's frame. It stays the caller's. */
  picture(source: ImageBitmapSource, signal?: AbortSignal): Promise<FrameResult> {
    return unlessAborted(this.readPicture(source, signal), signal);
  }

  /** A film to be read frame by frame. */
  stream(following: Partial<Following> = {}): FaceStream {
    const film: Film = { stream: ++this.streams, first_id: 0 };
    return new FaceStream(
      {
        ready: (signal) => this.ready(signal),
        frame: (picture, time_ms, wanted) => this.frame(film, picture, time_ms, wanted),
        forget: () => this.forget(film),
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
    const all = { ...DEFAULTS, ...options };
    const question = { kind: "compare", reference, take, options: all } as const;
    const answer = await this.answered(async () => question);
    if (answer.kind === "compared") return answer.score;
    throw new Fault("internal", answer.kind);
  }

  /** Ends the worker and all that waits for it. What is asked afterwards is refused. */
  dispose(): void {
    this.isDisposed = true;
    this.fail(new Fault("disposed", ""));
  }

  private async readPicture(source: ImageBitmapSource, signal?: AbortSignal): Promise<FrameResult> {
    const answer = await this.answered(async () => {
      await this.ready(signal);
      return { kind: "picture", picture: await copied(source) };
    }, signal);
    if (answer.kind === "result") return answer.result;
    throw new Fault("internal", answer.kind);
  }

  private async frame(
    film: Film,
    picture: ImageBitmap | VideoFrame,
    time_ms: number,
    following: Following,
  ): Promise<FrameResult | null> {
    if (this.current.kind !== "ready") {
      picture.close();
      return null;
    }
    const answer = await this.ask({ kind: "frame", ...film, picture, time_ms, following });
    if (answer.kind !== "result") return null;
    for (const { id } of answer.result.faces) film.first_id = Math.max(film.first_id, id + 1);
    return answer.result;
  }

  private forget(film: Film): void {
    film.first_id = 0;
    this.link?.post({ kind: "forget", stream: film.stream });
  }

  /** Asked again when a change of backend, model or worker came between. */
  private async answered(question: () => Promise<Asked>, signal?: AbortSignal): Promise<Answer> {
    for (let tries = 0; tries < TRIES; tries++) {
      const answer = await this.ask(await question(), signal);
      if (answer.kind !== "dropped") return answer;
    }
    throw new Fault("internal", "dropped again and again");
  }

  private async ask(question: Asked, signal?: AbortSignal): Promise<Answer> {
    try {
      signal?.throwIfAborted();
      if (this.current.kind === "fault") throw this.current.fault;
      if (!this.link) return { kind: "dropped", id: 0 };
      const answer = await this.link.ask(question);
      if (answer.kind === "failed") throw new Fault(answer.code, answer.detail);
      return answer;
    } finally {
      if ("picture" in question) question.picture.close();
    }
  }

  /** In a new worker: in the old one, what was started before could yet end and be taken for this. */
  private begin(): void {
    this.close();
    this.set(STARTING);
    this.start();
  }

  private start(): void {
    const { base, model } = this;
    const { backends = null } = this.options;
    try {
      const first = { kind: "start", base, model, backends } as const;
      this.link = new WorkerLink(startWorker(first), {
        news: (news) => this.heard(news),
        died: (detail) => this.died(detail),
      });
    } catch (error) {
      // Later, for whoever makes a reader has not got it yet.
      queueMicrotask(() => this.fail(new Fault("worker-lost", asFault(error).detail)));
    }
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
        this.fail(new Fault(news.code, news.detail));
    }
  }

  private died(detail: string): void {
    if (this.hasRestarted) {
      this.fail(new Fault("worker-lost", detail));
    } else {
      this.hasRestarted = true;
      this.begin();
    }
  }

  private fail(fault: Fault): void {
    this.close();
    this.set({ kind: "fault", fault });
  }

  private close(): void {
    this.link?.close();
    this.link = null;
  }

  private set(state: ReaderState): void {
    this.current = state;
    for (const wake of [...this.waiting]) wake();
    if (!this.isDisposed) this.options.onState?.(state);
  }

  private change(signal?: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const wake = () => {
        this.waiting.delete(wake);
        signal?.removeEventListener("abort", wake);
        resolve();
      };
      this.waiting.add(wake);
      signal?.addEventListener("abort", wake);
    });
  }
}

async function copied(source: ImageBitmapSource): Promise<ImageBitmap> {
  try {
    return await createImageBitmap(source);
  } catch (error) {
    throw new Fault("bad-picture", source instanceof File ? source.name : asFault(error).detail);
  }
}
