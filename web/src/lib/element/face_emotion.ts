import { asFault, Fault } from "../../core/fault";
import type { Following, FrameResult, Running } from "../../core/messages";
import { closeCamera, openCamera } from "../camera";
import { follow } from "../follow";
import { FaceReader } from "../reader";
import type { FaceStream } from "../stream";
import type { FaceEmotionElement, FaceEmotionResult } from "./face_emotion_element";
import { FaceView } from "./face_view";
import { fetchPicture } from "./fetch_picture";
import { type Film, loadFilm } from "./load_film";

const FACES = 4;
const SMOOTH_MS = 250;

/**
 * `<face-emotion>`: shows a camera, a clip or a picture with a box for each face, and tells by the
 * events `ready`, `result` and `fault` what it knows. Its insides are hidden for good: pages put
 * names of their own on elements.
 */
export class FaceEmotion extends HTMLElement implements FaceEmotionElement {
  static readonly observedAttributes = ["base", "model", "source", "faces", "smooth", "muted"];

  readonly #view = new FaceView(this);
  #own: FaceReader | null = null;
  #given: FaceReader | null = null;
  #media: MediaStream | Blob | null = null;
  #stream: FaceStream | null = null;
  #isOpen = false;
  /** Aborted when what is shown is no longer wanted. */
  #visit = new AbortController();

  constructor() {
    super();
    this.#take("reader");
    this.#take("srcObject");
  }

  get reader(): FaceReader | null {
    return this.#given ?? this.#own;
  }

  set reader(reader: FaceReader | null) {
    const wasOpen = this.#isOpen;
    this.#close();
    this.#given = reader;
    if (wasOpen) this.#open();
  }

  get srcObject(): MediaStream | Blob | null {
    return this.#media;
  }

  set srcObject(media: MediaStream | Blob | null) {
    this.#media = media;
    if (this.#isOpen) this.#show();
  }

  connectedCallback(): void {
    this.#open();
  }

  disconnectedCallback(): void {
    // An element that is only moved is back by then.
    queueMicrotask(() => {
      if (!this.isConnected) this.#close();
    });
  }

  attributeChangedCallback(name: string): void {
    if (!this.#isOpen) return;
    if (name === "base") this.reader = this.#given;
    if (name === "source") this.#show();
    if (name === "model") this.#change();
    if (name === "muted") this.#view.video.muted = this.hasAttribute("muted");
    if (this.#stream) this.#stream.following = this.#following();
  }

  /** What the page set before it knew the element. */
  #take(name: "reader" | "srcObject"): void {
    if (!Object.hasOwn(this, name)) return;
    const value = this[name];
    delete (this as Partial<Pick<FaceEmotion, typeof name>>)[name];
    Object.assign(this, { [name]: value });
  }

  #open(): void {
    if (this.#isOpen) return;
    this.#isOpen = true;
    if (!this.#given) {
      const base = this.getAttribute("base") ?? "";
      this.#own = new FaceReader({ base, model: this.getAttribute("model") });
    }
    this.#show();
  }

  #close(): void {
    this.#isOpen = false;
    this.#visit.abort();
    this.#stream = null;
    this.#view.clear();
    this.#own?.dispose();
    this.#own = null;
  }

  #following(): Following {
    const [faces, smooth_ms] = [this.#number("faces", FACES), this.#number("smooth", SMOOTH_MS)];
    return { faces, smooth_ms, reuse: true };
  }

  #number(attribute: string, usual: number): number {
    const text = this.getAttribute(attribute);
    const value = text ? Number(text) : usual;
    return value >= 0 ? value : usual;
  }

  #show(): void {
    this.#visit.abort();
    this.#visit = new AbortController();
    this.#stream = null;
    this.#view.clear();
    this.#run((reader, signal) => this.#greet(reader, signal));
    this.#run((reader, signal) => this.#read(reader, signal));
  }

  /** Another model: a video is read on with it, anything else is begun anew. */
  #change(): void {
    if (!this.#own) return;
    this.#own.load(this.getAttribute("model"));
    if (this.#stream) this.#run((reader, signal) => this.#greet(reader, signal));
    else this.#show();
  }

  #run(work: (reader: FaceReader, signal: AbortSignal) => Promise<void>): void {
    const { reader } = this;
    const visit = this.#visit;
    if (!reader) return;
    work(reader, visit.signal).catch((error) => {
      if (!visit.signal.aborted) this.#fail(error);
    });
  }

  async #greet(reader: FaceReader, signal: AbortSignal): Promise<void> {
    this.#tell<Running>("ready", await reader.ready(signal));
  }

  async #read(reader: FaceReader, signal: AbortSignal): Promise<void> {
    const source = this.#media ?? this.getAttribute("source");
    if (!source) return;
    if (source === "camera") return this.#readCamera(reader, signal);
    if (source instanceof MediaStream) return this.#readFilm(reader, source, signal);
    const picture = await pictureOf(source, signal);
    signal.throwIfAborted();
    if (picture) return this.#readPicture(reader, picture, signal);
    return this.#readFilm(reader, source, signal);
  }

  async #readCamera(reader: FaceReader, signal: AbortSignal): Promise<void> {
    const lost = () => signal.aborted || this.#fail(new Fault("camera-lost", ""));
    const camera = await openCamera(null, lost);
    if (signal.aborted) return closeCamera(camera);
    signal.addEventListener("abort", () => closeCamera(camera), { once: true });
    await this.#readFilm(reader, camera, signal, true);
  }

  async #readPicture(reader: FaceReader, file: Blob, signal: AbortSignal): Promise<void> {
    const picture = await opened(file);
    try {
      signal.throwIfAborted();
      this.#view.showPicture(picture);
      this.#heard(await reader.picture(picture, signal), 0);
    } finally {
      picture.close();
    }
  }

  async #readFilm(
    reader: FaceReader,
    film: Film,
    signal: AbortSignal,
    mirrored = false,
  ): Promise<void> {
    const { video } = this.#view;
    this.#view.showVideo(mirrored);
    video.muted = mirrored || this.hasAttribute("muted");
    loadFilm(video, film, signal, (fault) => this.#fail(fault));
    this.#run(() => this.#play(reader, film, signal));
    const stream = reader.stream(this.#following());
    this.#stream = stream;
    for await (const { result, media_s } of follow(stream, video, { signal })) {
      this.#heard(result, media_s);
    }
  }

  /** A clip only where browsers let it begin unasked, and once there is a model to see all of it. */
  async #play(reader: FaceReader, film: Film, signal: AbortSignal): Promise<void> {
    const { video } = this.#view;
    if (!(film instanceof MediaStream)) {
      if (!video.muted) return;
      await reader.ready(signal);
    }
    await video.play().catch(() => undefined);
  }

  #heard(result: FrameResult, time_s: number): void {
    this.#view.showFaces(result);
    this.#tell<FaceEmotionResult>("result", { ...result, time_s });
  }

  #fail(error: unknown): void {
    const fault = asFault(error);
    this.#visit.abort();
    this.#stream = null;
    this.#view.clear();
    this.#view.showNotice(fault.message);
    this.#tell<Fault>("fault", fault);
  }

  #tell<Detail>(name: string, detail: Detail): void {
    this.dispatchEvent(new CustomEvent<Detail>(name, { detail }));
  }
}

/** Null for a clip. */
async function pictureOf(source: Blob | string, signal: AbortSignal): Promise<Blob | null> {
  if (typeof source === "string") return fetchPicture(source, signal);
  return source.type.startsWith("image/") ? source : null;
}

async function opened(file: Blob): Promise<ImageBitmap> {
  try {
    return await createImageBitmap(file);
  } catch {
    throw new Fault("bad-picture", file instanceof File ? file.name : "");
  }
}
