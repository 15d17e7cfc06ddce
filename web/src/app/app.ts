import { asFault, Fault } from "../core/fault";
import type { Face, FrameResult, ToWindow } from "../core/messages";
import { Capture } from "../lib/capture";
import { Client } from "../lib/client";
import { byId } from "./dom";
import { leftToRight } from "./left_to_right";
import { Overlay } from "./overlay";
import { Page } from "./page";
import { Rate } from "./rate";
import { clear, close, type Film, openCamera, openPicture, play } from "./sources";
import { type Scene, Stage } from "./stage";
import type { Strings } from "./strings";

/** Ties the page to the worker: what comes in goes to the worker, what it says is shown. */
export class App {
  private readonly page: Page;
  private readonly stage = new Stage();
  private readonly overlay: Overlay;
  private readonly client: Client;
  private readonly capture: Capture;
  private readonly rate = new Rate();
  private scene: Scene = "none";
  /** Counts scenes: whatever was awaited for an earlier one is no longer wanted. */
  private visit = 0;
  private isReady = false;
  private last: FrameResult | null = null;
  private chosen = 0;
  private picture: File | null = null;
  private asked = 0;

  constructor(strings: Strings) {
    this.page = new Page(strings, (face) => this.choose(face));
    this.overlay = new Overlay(byId<HTMLCanvasElement>("overlay"), strings);
    this.capture = new Capture(this.stage.video, (picture, time_ms) =>
      this.client.frame(picture, time_ms, false),
    );
    this.client = new Client((message) => this.heard(message));
    this.stage.video.addEventListener("resize", () => this.fitVideo());
    new ResizeObserver(() => this.draw()).observe(byId("stage"));
    this.stop();
    this.client.start(null);
  }

  stop(): void {
    this.leave();
    this.page.idle(this.scene);
  }

  /** Loads another model, or the same again after a fault. */
  load(model: string | null): void {
    this.page.noFault();
    this.page.idle(this.scene);
    this.overlay.clear();
    this.last = null;
    this.enable(false);
    this.client.start(model);
  }

  async camera(): Promise<void> {
    const lost = () => this.fail(new Fault("camera-failed", "ended"));
    await this.film("camera", () => openCamera(lost));
  }

  /** Nothing is taken in before there is a net to read it, nor over the fault that says why not. */
  async file(file: File, isClip: boolean): Promise<void> {
    if (!this.isReady) return;
    if (isClip) await this.film("clip", async () => file);
    else await this.still(file);
  }

  private async film(scene: Scene, open: () => Promise<Film>): Promise<void> {
    const visit = this.enter(scene);
    try {
      const film = await open();
      if (visit !== this.visit) return close(film);
      await play(this.stage.video, film);
      if (visit !== this.visit) return;
      this.fitVideo();
      this.capture.start();
    } catch (error) {
      if (visit === this.visit) this.fail(asFault(error));
    }
  }

  private async still(file: File): Promise<void> {
    const visit = this.enter("picture");
    try {
      const picture = await openPicture(file);
      if (visit !== this.visit) return picture.close();
      this.picture = file;
      this.stage.paint(picture);
      this.asked = this.client.frame(picture, performance.now(), true);
    } catch (error) {
      if (visit === this.visit) this.fail(asFault(error));
    }
  }

  private enter(scene: Scene): number {
    this.leave();
    this.page.noFault();
    this.scene = scene;
    this.stage.show(scene);
    this.page.idle(scene);
    return this.visit;
  }

  private leave(): void {
    this.visit++;
    this.asked = 0;
    this.capture.stop();
    clear(this.stage.video);
    this.client.reset();
    this.rate.reset();
    this.page.meter(null, null, null);
    this.overlay.clear();
    this.last = null;
    this.picture = null;
    this.scene = "none";
    this.stage.show("none");
  }

  private fail(fault: Fault): void {
    this.stop();
    this.page.fault(fault, false);
  }

  private heard(message: ToWindow): void {
    switch (message.kind) {
      case "progress":
        this.page.progress(message.loaded, message.total);
        break;
      case "ready":
        this.ready(message);
        break;
      case "result":
        this.result(message.id, message.result);
        break;
      case "dropped":
        this.capture.done(message.id, true);
        break;
      case "failed":
        if (this.capture.done(message.id, true) || message.id === this.asked) {
          this.fail(new Fault("internal", message.detail));
        }
        break;
      case "fault":
        this.stop();
        this.enable(false);
        this.page.fault(new Fault(message.code, message.detail), true);
        break;
    }
  }

  /** Also after a change of model or backend: what was asked before is asked again. */
  private ready(message: ToWindow & { kind: "ready" }): void {
    this.page.ready(message);
    this.enable(true);
    if (this.picture && !this.last) void this.still(this.picture);
  }

  /** Of the frames asked for in this scene, and not of one that the model before was asked. */
  private result(id: number, result: FrameResult): void {
    const isFilm = this.capture.done(id);
    if (!this.isReady || (!isFilm && id !== this.asked)) return;
    const frame_ms = result.detect_ms + result.classify_ms;
    if (isFilm) {
      this.rate.add(performance.now(), frame_ms);
      this.page.meter(this.rate.mean_ms, this.rate.perSecond, this.capture.drops);
    } else {
      this.page.meter(frame_ms, null, null);
    }
    this.show(result);
  }

  private show(result: FrameResult): void {
    this.last = leftToRight(result);
    this.choose(this.last.faces.indexOf(result.faces[0] as Face));
  }

  private choose(face: number): void {
    this.chosen = face;
    if (this.last) this.page.result(this.last, face);
    this.draw();
  }

  private draw(): void {
    if (this.last) this.overlay.draw(this.last, this.chosen, this.scene === "camera");
  }

  private fitVideo(): void {
    const { videoWidth: width, videoHeight: height } = this.stage.video;
    this.stage.fit({ width, height });
  }

  private enable(on: boolean): void {
    this.isReady = on;
    for (const name of ["camera", "picture", "clip"]) {
      byId<HTMLButtonElement>(name).disabled = !on;
    }
  }
}
