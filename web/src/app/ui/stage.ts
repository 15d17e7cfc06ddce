import type { FrameResult, Size } from "../../lib";
import { h } from "../dom";
import type { Words } from "../words";
import { Overlay } from "./overlay";
import "./stage.css";

/** A picture is shown no larger than this; the nets still see all of it. */
const SHOWN_PX = 1920;

export type Scene = "none" | "video" | "picture";

/** The place where a camera, a clip or a picture is seen, and the faces over it. */
export class Stage {
  readonly video = h("video", { playsinline: true, hidden: true });
  /** What is shown where there is nothing to see yet. */
  readonly empty = h("div", { class: "stage-empty" });
  readonly root: HTMLElement;
  private readonly still = h("canvas", { hidden: true });
  private readonly overlay: Overlay;
  private readonly view: HTMLElement;
  private shown: { result: FrameResult; chosen: number } | null = null;
  private isMirrored = false;

  /** `pick` is called with the id of a face that was clicked. */
  constructor(words: Words, label: string, pick: (id: number) => void = () => undefined) {
    this.video.muted = true;
    const canvas = h("canvas", { class: "stage-overlay", "aria-hidden": "true" });
    this.overlay = new Overlay(canvas, words);
    this.view = h("div", { class: "stage-view" }, this.video, this.still, canvas);
    this.root = h("div", { class: "stage", role: "group", "aria-label": label });
    this.root.append(this.view, this.empty);
    this.video.addEventListener("resize", () => this.fitVideo());
    this.view.addEventListener("click", (event) => this.clicked(event, pick));
    new ResizeObserver(() => this.redraw()).observe(this.root);
    this.show("none");
  }

  show(scene: Scene): void {
    this.clear();
    this.video.hidden = scene !== "video";
    this.still.hidden = scene !== "picture";
    this.view.hidden = scene === "none";
    this.empty.hidden = scene !== "none";
    this.root.classList.toggle("bare", scene === "none");
  }

  paint(picture: ImageBitmap): void {
    const scale = Math.min(1, SHOWN_PX / Math.max(picture.width, picture.height));
    this.still.width = Math.max(1, Math.round(picture.width * scale));
    this.still.height = Math.max(1, Math.round(picture.height * scale));
    this.still.getContext("2d")?.drawImage(picture, 0, 0, this.still.width, this.still.height);
    this.fit(picture);
  }

  mirror(on: boolean): void {
    this.isMirrored = on;
    this.view.classList.toggle("mirrored", on);
    this.redraw();
  }

  /** Ids in the order of their numbers, for faces that come and go. */
  order(ids: readonly number[] | null): void {
    this.overlay.order = ids;
  }

  draw(result: FrameResult, chosen: number): void {
    this.shown = { result, chosen };
    this.redraw();
  }

  clear(): void {
    this.shown = null;
    this.overlay.clear();
  }

  /** What is seen now, faces and all, as wide as it comes. */
  snapshot(): HTMLCanvasElement {
    const { videoWidth, videoHeight } = this.video;
    const source = this.video.hidden ? this.still : this.video;
    const width = this.video.hidden ? this.still.width : videoWidth;
    const height = this.video.hidden ? this.still.height : videoHeight;
    const canvas = h("canvas", { width, height });
    const context = canvas.getContext("2d");
    if (!context) return canvas;
    if (this.isMirrored) context.setTransform(-1, 0, 0, 1, width, 0);
    context.drawImage(source, 0, 0, width, height);
    context.resetTransform();
    context.drawImage(this.overlay.canvas, 0, 0, width, height);
    return canvas;
  }

  private redraw(): void {
    if (this.shown) this.overlay.draw(this.shown.result, this.shown.chosen, this.isMirrored);
  }

  private fitVideo(): void {
    this.fit({ width: this.video.videoWidth, height: this.video.videoHeight });
  }

  private fit({ width, height }: Size): void {
    if (width && height) this.view.style.setProperty("--aspect", String(width / height));
  }

  private clicked(event: MouseEvent, pick: (id: number) => void): void {
    if (!this.shown) return;
    const { result } = this.shown;
    const area = this.view.getBoundingClientRect();
    const across = (event.clientX - area.x) / area.width;
    const x = (this.isMirrored ? 1 - across : across) * result.width;
    const y = ((event.clientY - area.y) / area.height) * result.height;
    const hit = result.faces.find(
      ({ box }) => x >= box.x && x <= box.x + box.width && y >= box.y && y <= box.y + box.height,
    );
    if (hit) pick(hit.id);
  }
}
