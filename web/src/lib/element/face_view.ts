import type { Face, FrameResult } from "../../core/messages";
import { mainHead } from "../main_head";
import { placed } from "./placed";
import { said } from "./said";
import { styleSheet } from "./style";

/** More than any page is wide; a photo may have six times as much. */
const LARGEST_PX = 2048;

/** A box that begins in this part of the picture has no room for its label above. */
const HIGH = 0.1;

let sheet: CSSStyleSheet | undefined;

/** What `<face-emotion>` shows: a video or a picture, a box for each face, and what went wrong. */
export class FaceView {
  readonly video = part("video", "video");
  private readonly picture = part("canvas", "picture");
  private readonly boxes = part("div", "boxes");
  private readonly notice = part("p", "notice");
  private isMirrored = false;

  constructor(host: HTMLElement) {
    sheet ??= styleSheet();
    const root = host.attachShadow({ mode: "open" });
    root.adoptedStyleSheets = [sheet];
    const stage = part("div", "stage");
    this.video.playsInline = true;
    this.picture.setAttribute("role", "img");
    this.notice.setAttribute("role", "status");
    stage.append(this.video, this.picture, this.boxes);
    root.append(stage, this.notice);
    this.clear();
  }

  showVideo(mirrored: boolean): void {
    this.isMirrored = mirrored;
    this.video.classList.toggle("mirrored", mirrored);
    this.video.controls = !mirrored;
    this.video.hidden = false;
  }

  showPicture(picture: ImageBitmap): void {
    const scale = Math.min(1, LARGEST_PX / Math.max(picture.width, picture.height));
    const width = Math.max(1, Math.round(scale * picture.width));
    const height = Math.max(1, Math.round(scale * picture.height));
    Object.assign(this.picture, { width, height });
    this.picture.getContext("2d")?.drawImage(picture, 0, 0, width, height);
    this.picture.hidden = false;
  }

  showFaces(result: FrameResult): void {
    const mirrored = this.isMirrored;
    const { faces } = result;
    while (this.boxes.childElementCount > faces.length) this.boxes.lastElementChild?.remove();
    while (this.boxes.childElementCount < faces.length) this.boxes.append(emptyBox());
    const boxes = [...this.boxes.children] as HTMLElement[];
    for (const [i, face] of faces.entries()) fill(boxes[i] as HTMLElement, face, result, mirrored);
    this.picture.ariaLabel = faces.map(said).join(", ");
  }

  showNotice(text: string): void {
    this.notice.textContent = text;
    this.notice.hidden = false;
  }

  clear(): void {
    this.isMirrored = false;
    this.video.hidden = this.picture.hidden = this.notice.hidden = true;
    this.boxes.replaceChildren();
    this.picture.width = this.picture.height = 0;
  }
}

/** By its part a page styles it, by its class we do. */
function part<Tag extends keyof HTMLElementTagNameMap>(tag: Tag, name: string) {
  const element = document.createElement(tag);
  element.className = name;
  element.setAttribute("part", name);
  return element;
}

function emptyBox(): HTMLElement {
  const box = part("div", "box");
  box.append(part("span", "label"));
  return box;
}

function fill(box: HTMLElement, face: Face, result: FrameResult, mirrored: boolean): void {
  Object.assign(box.style, placed(face.box, result, mirrored));
  box.classList.toggle("high", face.box.y < HIGH * result.height);
  const label = box.firstElementChild as HTMLElement;
  label.textContent = said(face);
  label.part.toggle(
    "uncertain",
    face.heads.some(({ uncertain }) => uncertain),
  );
  label.part.toggle("unfamiliar", face.heads[mainHead(face.heads)]?.unfamiliar === true);
}
