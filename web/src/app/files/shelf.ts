import { asFault, type FaceReader, type Fault, type Running } from "../../lib";
import type { FileItem, ItemState } from "./file_item";
import { Interrupted, isRead, readClipItem, readPicture } from "./read_item";
import { ReadingQueue } from "./reading_queue";

interface Listener {
  /** There is news of a file. */
  readonly changed: (item: FileItem) => void;
  readonly failed: (item: FileItem, fault: Fault) => void;
  /** Nothing waits any more. */
  readonly finished: () => void;
}

const SHELVES = new WeakMap<FaceReader, Shelf>();

/** The files that were taken in, and their reading, one after the other. */
export class Shelf {
  items: readonly FileItem[] = [];
  /** Whoever shows the files now. */
  listener: Listener | null = null;
  private readonly queue = new ReadingQueue<FileItem>((item, signal) => this.read(item, signal));

  constructor(private readonly reader: FaceReader) {}

  /** The reader's own, which outlives a view: the page is built anew in another language. */
  static of(reader: FaceReader): Shelf {
    const shelf = SHELVES.get(reader) ?? new Shelf(reader);
    SHELVES.set(reader, shelf);
    return shelf;
  }

  add(items: readonly FileItem[]): void {
    this.items = [...this.items, ...items];
    for (const item of items) this.queue.add(item);
  }

  remove(item: FileItem): void {
    this.queue.drop(item);
    this.items = this.items.filter((other) => other !== item);
  }

  hurry(item: FileItem): void {
    this.queue.hurry(item);
  }

  /** What was read is kept. */
  stop(item: FileItem): void {
    this.queue.drop(item);
    item.finish();
    this.set(item, { kind: "stopped" });
  }

  again(item: FileItem): void {
    this.set(item, { kind: "waiting" });
    this.queue.add(item);
  }

  /** What another model has read is read again. */
  ready(running: Running): void {
    for (const item of this.items) {
      if (item.state.kind === "fault" || isRead(item, running)) continue;
      this.queue.drop(item);
      this.again(item);
    }
  }

  fail(item: FileItem, error: unknown): void {
    const fault = asFault(error);
    this.queue.drop(item);
    this.set(item, { kind: "fault", fault });
    this.listener?.failed(item, fault);
  }

  private async read(item: FileItem, signal: AbortSignal): Promise<void> {
    try {
      const running = await this.reader.ready(signal);
      signal.throwIfAborted();
      item.begin(running);
      this.set(item, { kind: "reading", pace: null });
      await this.readKind(item, signal);
      if (!signal.aborted) this.set(item, { kind: "done" });
    } catch (error) {
      if (!signal.aborted) this.notRead(item, error);
    }
    if (this.items.every(({ state }) => state.kind !== "waiting")) this.listener?.finished();
  }

  private readKind(item: FileItem, signal: AbortSignal): Promise<void> {
    if (item.kind === "picture") return readPicture(this.reader, item, signal);
    return readClipItem(this.reader, item, signal, (pace) => {
      if (!signal.aborted) this.set(item, { kind: "reading", pace });
    });
  }

  /** Without a model, files wait for the next one. */
  private notRead(item: FileItem, error: unknown): void {
    if (this.reader.state.kind === "fault") {
      this.set(item, { kind: "waiting" });
    } else if (error instanceof Interrupted) {
      // Not now, for it still counts as being read.
      setTimeout(() => this.again(item));
    } else {
      this.fail(item, error);
    }
  }

  private set(item: FileItem, state: ItemState): void {
    item.state = state;
    this.listener?.changed(item);
  }
}
