import type { Size } from "../core/geometry";
import { byId } from "./dom";

/** A picture is shown no larger than this; the nets still see all of it. */
const SHOWN_PX = 1920;

export type Scene = "none" | "camera" | "clip" | "picture";

/** The place where the camera, the picture or the clip is seen. */
export class Stage {
  readonly video = byId<HTMLVideoElement>("video");
  private readonly still = byId<HTMLCanvasElement>("still");
  private readonly root = byId("stage");
  private readonly view = byId("view");

  show(scene: Scene): void {
    this.video.hidden = scene !== "camera" && scene !== "clip";
    this.video.controls = scene === "clip";
    this.still.hidden = scene !== "picture";
    byId("empty").hidden = scene !== "none";
    byId("stop").hidden = scene === "none";
    this.root.classList.toggle("mirrored", scene === "camera");
    this.root.classList.toggle("bare", scene === "none");
    if (scene === "none") this.view.style.removeProperty("--aspect");
    for (const name of ["camera", "picture", "clip"]) {
      byId(name).setAttribute("aria-current", String(name === scene));
    }
  }

  fit({ width, height }: Size): void {
    if (width && height) this.view.style.setProperty("--aspect", String(width / height));
  }

  paint(picture: ImageBitmap): void {
    const scale = Math.min(1, SHOWN_PX / Math.max(picture.width, picture.height));
    this.still.width = Math.round(picture.width * scale);
    this.still.height = Math.round(picture.height * scale);
    const context = this.still.getContext("2d");
    context?.drawImage(picture, 0, 0, this.still.width, this.still.height);
    this.fit(picture);
  }
}
