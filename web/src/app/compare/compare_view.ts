import { Fault, type Running, type SiteClip, siteClips } from "../../lib";
import { DEFAULTS } from "../../score";
import { h } from "../dom";
import { save } from "../ui/download";
import type { Context, OpenView, View } from "../view";
import type { ClipCard } from "./clip_card";
import { curvesOf, type Film, type Footage } from "./film";
import { newestOnly } from "./newest_only";
import { OneWork } from "./one_work";
import { orAborted } from "./or_aborted";
import { readFilm } from "./read_film";
import { ReferenceCard } from "./reference_card";
import { Results } from "./results";
import { percent, refusal } from "./sentences";
import { TakeCamera } from "./take_camera";
import { TakeCard } from "./take_card";
import { whenAborted } from "./when_aborted";
import { COMPARE_WORDS } from "./words";
import "./compare.css";

/** The acting score: a reference, the visitor's take, and how alike the two are. */
export const openCompareView: OpenView = (context) => new CompareView(context);

/** A clip as it comes; of a recording also where its scene begins. */
type Coming = Pick<Footage, "blob" | "name"> & Partial<Pick<Footage, "recorded" | "from_s">>;

/** Of the frames in which clips are seen; an upright clip leaves room beside it. */
const NARROWEST = 4 / 3;
const WIDEST = 16 / 9;

class CompareView implements View {
  readonly root: HTMLElement;
  private readonly words;
  private readonly clips = h("div", { class: "compare-clips" });
  private readonly referenceCard: ReferenceCard;
  private readonly takeCard: TakeCard;
  private readonly results: Results;
  private readonly camera: TakeCamera;
  private readonly work = new OneWork((error) => this.context.fault(error));
  private readonly compare = newestOnly(() => this.compareNow());
  /** Aborted when the visitor is ready to act, and when the scene is over. */
  private begun = new AbortController();
  private done = new AbortController();
  private running: Running | null = null;
  private reference: Film | null = null;
  private take: Film | null = null;
  /** How many takes were made of this reference, and how many of them have a score. */
  private takes = 0;
  private scored = 0;
  private head = 0;
  private band_s = DEFAULTS.band_s;

  constructor(private readonly context: Context) {
    const words = COMPARE_WORDS[context.words.code];
    this.words = words;
    this.referenceCard = new ReferenceCard(words, {
      cancel: () => this.work.abort(),
      file: (file) => void this.chooseReference(file),
      siteClip: (clip) => void this.chooseSiteClip(clip),
    });
    this.takeCard = this.makeTakeCard();
    this.camera = new TakeCamera({
      reader: context.reader,
      card: this.takeCard,
      noFace: context.words.noFace,
      waits: words.cameraWaits,
      lost: () => this.work.abort(new Fault("camera-lost", "ended")),
    });
    this.results = this.makeResults();
    this.root = this.layout();
    this.referenceCard.video.addEventListener("resize", () => this.fit());
    this.step();
    void this.offer();
  }

  leave(): void {
    this.work.abort();
    this.results.stop();
    this.camera.close();
  }

  ready(running: Running): void {
    this.running = running;
    this.head = this.results.parts.prepare(running.heads);
    const films = [this.reference, this.take];
    if (films.some((film) => film && film.model !== running.model.name)) void this.readAgain();
  }

  /** The first clip is the reference, if there is none yet, and the next one the take. */
  files(files: readonly File[]): void {
    if (this.takeCard.at !== "counting" && this.takeCard.at !== "recording") {
      void this.chooseFiles(files);
    }
  }

  private async chooseFiles([one, other]: readonly File[]): Promise<void> {
    if (!one) return;
    if (this.reference) return this.chooseTake(one);
    await this.chooseReference(one);
    if (other && this.reference) await this.chooseTake(other);
  }

  private makeTakeCard(): TakeCard {
    return new TakeCard(this.words, {
      cancel: () => this.work.abort(),
      file: (file) => void this.chooseTake(file),
      camera: () => void this.act(),
      device: (id) => void this.changeCamera(id),
      start: () => this.begun.abort(),
      done: () => this.done.abort(),
      save: () => this.take && save(this.take.blob, fileName(this.take)),
    });
  }

  private makeResults(): Results {
    const players = { reference: this.referenceCard.video, take: this.takeCard.video };
    const asked = {
      shown: (on: boolean) => this.root?.classList.toggle("scored", on),
      band: (band_s: number) => {
        this.band_s = band_s;
        void this.compare();
      },
      head: (head: number) => {
        this.head = head;
        void this.compare();
      },
    };
    return new Results(this.context, this.words, players, asked, DEFAULTS);
  }

  private layout(): HTMLElement {
    const { title, intro } = this.words;
    const { score, timeline, parts } = this.results;
    this.clips.append(this.referenceCard.root, this.takeCard.root);
    return h(
      "div",
      { class: "compare" },
      h("div", { class: "compare-intro" }, h("h2", {}, title), h("p", { class: "soft" }, intro)),
      h(
        "div",
        { class: "compare-cards" },
        h("div", { class: "compare-main" }, this.clips, timeline.root),
        h("div", { class: "compare-side" }, score.root, parts.root),
      ),
    );
  }

  /** Both frames are as wide as the reference, within reason. */
  private fit(): void {
    const { videoWidth, videoHeight } = this.referenceCard.video;
    const aspect = Math.min(WIDEST, Math.max(NARROWEST, videoWidth / videoHeight || NARROWEST));
    this.root.style.setProperty("--frame", aspect.toFixed(3));
  }

  private async offer(): Promise<void> {
    // A site without a manifest has no model either, and the reader says so.
    this.referenceCard.offer(await siteClips().catch(() => []));
  }

  private working(task: (signal: AbortSignal) => Promise<void>): Promise<void> {
    this.results.stop();
    this.context.noFault();
    return this.work.run(task);
  }

  private chooseReference(file: File): Promise<void> {
    return this.working((signal) => this.readReference({ blob: file, name: file.name }, signal));
  }

  private chooseSiteClip({ name, url }: SiteClip): Promise<void> {
    return this.working(async (signal) => {
      this.referenceCard.working(this.words.loadingClip);
      try {
        const response = await fetch(url, { signal });
        if (!response.ok) throw new Fault("missing-file", name);
        await this.readReference({ blob: await response.blob(), name }, signal);
      } finally {
        this.referenceCard.idle();
      }
    });
  }

  private async readReference(clip: Coming, signal: AbortSignal): Promise<void> {
    const footage = footageOf(clip);
    this.referenceCard.show(footage);
    try {
      const film = await this.read(footage, this.referenceCard, signal);
      this.forget();
      this.reference = film;
    } catch (error) {
      drop(footage);
      this.referenceCard.show(this.reference);
      throw error;
    } finally {
      this.settle();
    }
  }

  private chooseTake(file: File): Promise<void> {
    return this.working((signal) => this.readTake({ blob: file, name: file.name }, signal));
  }

  private async readTake(clip: Coming, signal: AbortSignal): Promise<void> {
    const footage = footageOf(clip);
    this.takeCard.film(footage);
    this.takeCard.enter("reading");
    try {
      const film = await this.read(footage, this.takeCard, signal);
      await orAborted(this.takeCard.shown, signal);
      drop(this.take);
      this.take = film;
      this.takes++;
    } catch (error) {
      drop(footage);
      throw error;
    } finally {
      this.settle();
    }
    await this.compare();
    this.results.score.focus();
  }

  /** From opening the camera to the score, in one work that can be ended at any point. */
  private act(): Promise<void> {
    return this.working(async (signal) => {
      this.begun = new AbortController();
      this.done = new AbortController();
      this.acting(true);
      try {
        await this.camera.open(null, signal);
        this.clips.scrollIntoView({ block: "nearest" });
        await whenAborted(this.begun.signal, signal);
        const clip = await this.record(signal);
        await this.readTake(clip, signal);
      } finally {
        this.camera.close();
        this.acting(false);
        if (signal.aborted) this.settle();
      }
    });
  }

  /** What is not needed before the camera makes room. */
  private acting(on: boolean): void {
    this.root.classList.toggle("acting", on);
    this.results.showDetails(!on);
  }

  private async record(signal: AbortSignal): Promise<Coming> {
    const length_s = this.reference?.moments.at(-1)?.time_s ?? 0;
    const { video } = this.referenceCard;
    const recorded = await this.camera.record(video, length_s, this.done.signal, signal);
    return { ...recorded, name: this.words.recordingName(this.takes + 1), recorded: true };
  }

  private async changeCamera(id: string): Promise<void> {
    const { signal } = this.work;
    await this.camera.open(id, signal).catch((error) => signal.aborted || this.work.abort(error));
  }

  private async read(footage: Footage, card: ClipCard, signal: AbortSignal): Promise<Film> {
    const { waitingModel, opening, reading } = this.words;
    const { reader } = this.context;
    card.working(reader.state.kind === "ready" ? opening : waitingModel);
    const onProgress = (part: number) => card.working(reading(percent(part)), part);
    try {
      return await readFilm(reader, footage, { signal, onProgress });
    } finally {
      card.idle();
    }
  }

  /** Another model sees other things: both clips are read again. */
  private readAgain(): Promise<void> {
    return this.working(async (signal) => {
      const { reference, take } = this;
      this.results.clear();
      try {
        if (reference) this.reference = await this.read(reference, this.referenceCard, signal);
        if (take) this.takeCard.enter("reading");
        if (take) this.take = await this.read(take, this.takeCard, signal);
      } catch (error) {
        this.forget();
        this.referenceCard.show(null);
        throw error;
      } finally {
        this.settle();
      }
      this.results.score.history.clear();
      this.scored = this.takes - 1;
      await this.compare();
    });
  }

  private async compareNow(): Promise<void> {
    const { reference, take, head: index, takes } = this;
    const head = this.running?.heads[index];
    if (!reference || !take || !head) return;
    const options = { ...DEFAULTS, band_s: this.band_s };
    const curves = {
      reference: curvesOf(reference, index, head.labels),
      take: curvesOf(take, index, head.labels),
    };
    try {
      const score = await this.context.reader.compare(curves.reference, curves.take, options);
      if (this.reference !== reference || this.take !== take) return;
      this.results.show({ reference, take, curves, head: head.name, options, score });
      this.results.score.history[this.scored < takes ? "add" : "revise"](score.score);
      this.scored = takes;
    } catch (error) {
      if (!(error instanceof Fault) || error.code !== "incomparable")
        return this.context.fault(error);
      this.results.clear(refusal(error.detail, this.words));
    }
  }

  /** The take's card shows the take there is, or asks for one. */
  private settle(): void {
    this.step();
    if (this.take) {
      this.takeCard.film(this.take);
      this.takeCard.enter("film");
    } else {
      this.takeCard.show(null);
      this.takeCard.enter(this.reference ? "empty" : "waiting");
    }
  }

  /** Which card asks for something now. */
  private step(): void {
    const cards = [this.referenceCard, this.takeCard, this.results.score];
    const now = [this.reference, this.take].filter(Boolean).length;
    cards.forEach(({ root }, i) => {
      root.classList.toggle("now", i === now);
    });
  }

  private forget(): void {
    drop(this.reference);
    drop(this.take);
    this.reference = this.take = null;
    this.takes = this.scored = 0;
    this.results.score.history.clear();
    this.results.clear();
  }
}

function footageOf({ blob, name, recorded = false, from_s = 0 }: Coming): Footage {
  return { blob, name, recorded, from_s, url: URL.createObjectURL(blob) };
}

function drop(footage: Footage | null): void {
  if (footage) URL.revokeObjectURL(footage.url);
}

function fileName({ name, blob }: Footage): string {
  return `${name}.${blob.type.includes("mp4") ? "mp4" : "webm"}`;
}
