import { Capture } from "./capture";
import { Client } from "./client";
import { byId } from "./dom";
import { asFault, Fault } from "./fault";
import { leftToRight } from "./left_to_right";
import type { Face, FrameResult, ToWindow } from "./messages";
import { Overlay } from "./overlay";
import { Page } from "./page";
import { Rate } from "./rate";
import { close, openCamera, openClip, openPicture } from "./sources";
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
    await this.film("camera", () => openCamera(this.stage.video));
  }

  async file(file: File): Promise<void> {
    if (file.type.startsWith("video/")) {
      await this.film("clip", () => openClip(this.stage.video, file));
    } else {
      await this.still(file);
    }
  }

  private async film(scene: Scene, open: () => Promise<void>): Promise<void> {
    this.enter(scene);
    try {
      await open();
      this.fitVideo();
      this.capture.start();
    } catch (error) {
      this.fail(asFault(error));
    }
  }

  private async still(file: File): Promise<void> {
    this.enter("picture");
    try {
      const picture = await openPicture(file);
      this.picture = file;
      this.stage.paint(picture);
      this.asked = this.client.frame(picture, performance.now(), true);
    } catch (error) {
      this.fail(asFault(error));
    }
  }

  private enter(scene: Scene): void {
    this.leave();
    this.page.noFault();
    this.scene = scene;
    this.stage.show(scene);
    this.page.idle(scene);
  }

  private leave(): void {
    this.capture.stop();
    close(this.stage.video);
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
        if (message.still) this.stillResult(message.id, message.result);
        else this.filmResult(message.result);
        break;
      case "fault":
        this.capture.done();
        this.page.fault(new Fault(message.code, message.detail), true);
        break;
    }
  }

  /** Also after a change of model or backend: what was asked before is asked again. */
  private ready(message: ToWindow & { kind: "ready" }): void {
    this.page.ready(message);
    this.enable(true);
    this.capture.done();
    if (this.picture && !this.last) void this.still(this.picture);
  }

  private stillResult(id: number, result: FrameResult): void {
    // Another picture has been asked for meanwhile, or none is shown any more.
    if (id !== this.asked || this.scene !== "picture") return;
    this.page.meter(result.detect_ms + result.classify_ms, null, null);
    this.show(result);
  }

  private filmResult(result: FrameResult): void {
    this.capture.done();
    if (this.scene !== "camera" && this.scene !== "clip") return;
    this.rate.add(performance.now(), result.detect_ms + result.classify_ms);
    this.page.meter(this.rate.mean_ms, this.rate.perSecond, this.capture.drops);
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
    for (const name of ["camera", "picture", "clip"]) {
      byId<HTMLButtonElement>(name).disabled = !on;
    }
  }
}
