import { asFault, Fault } from "../core/fault";
import type { ToWindow, ToWorker } from "../core/messages";

/** What is asked is answered once, by one of these. */
export type Answer = Extract<ToWindow, { readonly id: number }>;
/** What the worker says of itself. */
export type News = Exclude<ToWindow, Answer>;
type Question = Extract<ToWorker, { readonly id: number }>;
type Unnumbered<Message> = Message extends unknown ? Omit<Message, "id"> : never;
export type Asked = Unnumbered<Question>;

const LOOK_EVERY_MS = 5000;
/** So many looks without a word while something is asked, and the worker is taken for dead. */
const SILENT_LOOKS = 5;

interface Told {
  readonly news: (news: News) => void;
  readonly died: (detail: string) => void;
}

/** The window's end of one worker: numbered questions, and a watch over whether it still lives. */
export class WorkerLink {
  private readonly asked = new Map<number, (answer: Answer) => void>();
  private last = 0;
  private silent = 0;
  /** Its script has come, and it reads a model: no question is open, yet all wait for it. */
  private isStarting = false;
  private readonly watch = setInterval(() => this.look(), LOOK_EVERY_MS);

  constructor(
    private readonly worker: Worker,
    private readonly told: Told,
  ) {
    worker.onmessage = ({ data }: MessageEvent<ToWindow>) => this.heard(data);
    worker.onmessageerror = () => this.die("unreadable message");
    worker.onerror = (event) => {
      event.preventDefault();
      this.die(event.message || "it could not be started");
    };
  }

  post(message: ToWorker, transfer: Transferable[] = []): void {
    this.worker.postMessage(message, transfer);
  }

  async ask(question: Asked): Promise<Answer> {
    const id = ++this.last;
    const picture = "picture" in question ? question.picture : null;
    try {
      this.post({ ...question, id } as Question, picture ? [picture] : []);
    } catch (error) {
      // Browsers do not pass on what another origin keeps to itself.
      throw new Fault(picture ? "bad-picture" : "internal", asFault(error).detail);
    }
    return new Promise((resolve) => this.asked.set(id, resolve));
  }

  /** Ends the worker; what it still owed is dropped. */
  close(): void {
    clearInterval(this.watch);
    this.worker.onmessage = this.worker.onmessageerror = this.worker.onerror = null;
    this.worker.terminate();
    for (const [id, answer] of this.asked) answer({ kind: "dropped", id });
    this.asked.clear();
  }

  private heard(message: ToWindow): void {
    this.silent = 0;
    if ("id" in message) {
      this.asked.get(message.id)?.(message);
      this.asked.delete(message.id);
    } else {
      this.isStarting = message.kind === "progress";
      this.told.news(message);
    }
  }

  /** Browsers end a worker that takes too much memory, and tell nobody. A page that slept looks once. */
  private look(): void {
    this.silent = this.asked.size ? this.silent + 1 : 0;
    if (this.silent > SILENT_LOOKS) this.die("it answers no more");
    else if (this.isStarting && !this.asked.size) void this.ask({ kind: "ping" });
  }

  private die(detail: string): void {
    this.close();
    this.told.died(detail);
  }
}
