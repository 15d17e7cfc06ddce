import type { Fault, Running } from "../../lib";
import { h } from "../dom";
import { button } from "../ui/button";
import { FaceChoice } from "../ui/face_choice";
import { HeadsPanel } from "../ui/heads_panel";
import { icon } from "../ui/icon";
import type { ReadMoment } from "../ui/results/source";
import { Stage } from "../ui/stage";
import type { Context, OpenView, View } from "../view";
import { ClipPanel } from "./clip_panel";
import { FileItem } from "./file_item";
import { FileStrip } from "./file_strip";
import { openPicture } from "./open_picture";
import { PicturePanel } from "./picture_panel";
import { Player } from "./player";
import { Shelf } from "./shelf";
import { paintThumbnail } from "./thumbnail";
import { FILES_WORDS } from "./words";
import "./files.css";

export const openFilesView: OpenView = (context) => new FilesView(context);

/** Photos and clips: what was taken in, one of them in large, and what its faces say. */
class FilesView implements View {
  readonly root: HTMLElement;
  private readonly words;
  private readonly shelf: Shelf;
  private readonly stage: Stage;
  private readonly panel: HeadsPanel;
  private readonly faces: FaceChoice;
  private readonly clip: ClipPanel;
  private readonly pictures: PicturePanel;
  private readonly strip: FileStrip;
  private readonly player: Player;
  private readonly input: HTMLInputElement;
  private readonly hint: HTMLElement;
  private readonly note = h("p", { class: "files-note", role: "status", hidden: true });
  private chosen: FileItem | null = null;
  /** The picture that is on the stage. */
  private painted: FileItem | null = null;
  private at_s = 0;

  constructor(private readonly context: Context) {
    const words = FILES_WORDS[context.words.code];
    this.words = words;
    this.stage = new Stage(context.words, words.stage, (id) => this.pick(id));
    this.panel = new HeadsPanel(context);
    this.faces = new FaceChoice(context.words, (id) => this.pick(id));
    this.pictures = new PicturePanel(words);
    this.clip = this.makeClip();
    this.player = this.makePlayer();
    this.input = this.makeInput();
    this.strip = new FileStrip(context.words, words, {
      choose: (item) => this.choose(item),
      remove: (item) => this.remove(item),
      more: () => this.input.click(),
    });
    this.hint = h("p", {}, words.hint);
    this.root = this.layout();
    this.shelf = Shelf.of(context.reader);
    this.takeOver();
  }

  files(files: readonly File[]): void {
    this.context.noFault();
    const items = files.map((file) => new FileItem(file));
    for (const item of items) this.strip.add(item);
    this.shelf.add(items);
    this.choose(items[0] ?? this.chosen);
    this.strip.paint(items.slice(1));
  }

  ready(running: Running): void {
    this.panel.prepare(running.heads);
    this.shelf.ready(running);
    if (this.chosen) this.shelf.hurry(this.chosen);
    this.show();
  }

  enter(): void {
    this.strip.refresh(this.chosen);
    if (this.chosen?.kind !== "clip") return;
    const { at_s } = this;
    this.player.open(this.chosen.file);
    this.player.seek(at_s);
  }

  /** Files are read on; only what plays ends. */
  leave(): void {
    this.player.close();
  }

  /** What a view before this one took in. */
  private takeOver(): void {
    const { items } = this.shelf;
    for (const item of items) this.strip.add(item);
    this.shelf.listener = {
      changed: (item) => this.changed(item),
      failed: (item, fault) => this.failed(item, fault),
      finished: () => this.finished(),
    };
    this.context.closed.addEventListener("abort", () => {
      this.shelf.listener = null;
      this.clip.close();
    });
    this.choose(items[0] ?? null);
  }

  private changed(item: FileItem): void {
    this.strip.update(item);
    this.pictures.show(this.shelf.items, this.chosen);
    if (item !== this.chosen) return;
    this.clip.update();
    this.show();
  }

  /** Of the file that is shown, the note tells. */
  private failed(item: FileItem, fault: Fault): void {
    if (item !== this.chosen) this.context.announce(this.reason(item, fault));
  }

  private finished(): void {
    const { length } = this.shelf.items.filter(({ state }) => state.kind === "done");
    if (length) this.context.announce(this.words.allRead(length));
  }

  private remove(item: FileItem): void {
    const place = this.shelf.items.indexOf(item);
    this.shelf.remove(item);
    this.strip.remove(item);
    const { items } = this.shelf;
    const next = items[Math.min(place, items.length - 1)] ?? null;
    this.choose(item === this.chosen ? next : this.chosen);
    if (next) this.strip.focus(next);
    else this.stage.empty.querySelector("button")?.focus();
  }

  private choose(item: FileItem | null): void {
    this.pictures.show(this.shelf.items, item);
    this.strip.refresh(item);
    if (item === this.chosen && item) return;
    this.chosen = item;
    this.at_s = 0;
    this.player.close();
    if (item) this.shelf.hurry(item);
    const clip = item?.kind === "clip" ? item : null;
    this.painted = null;
    // Until a picture has been opened, the one before stays, so that the page does not jump.
    if (clip || !item) this.stage.show(clip ? "video" : "none");
    else this.stage.clear();
    this.clip.open(clip);
    if (clip) this.player.open(clip.file);
    else if (item) void this.paint(item);
    this.show();
  }

  private async paint(item: FileItem): Promise<void> {
    try {
      const picture = await openPicture(item.file);
      paintThumbnail(item.thumbnail, picture);
      if (item === this.chosen) {
        this.stage.show("picture");
        this.stage.paint(picture);
        this.painted = item;
        this.show();
      }
      picture.close();
    } catch (error) {
      if (item.state.kind !== "fault") this.shelf.fail(item, error);
    }
  }

  /** A face, by hand. */
  private pick(id: number): void {
    this.chosen?.choose(id);
    this.clip.redraw();
    this.show();
  }

  /** What is known of the chosen file where it stands. */
  private show(): void {
    const item = this.chosen;
    this.showNote(item);
    const moment = item && this.moment(item);
    if (!item || !moment) {
      this.showNothing(item);
      return;
    }
    const { result } = moment;
    const cast = item.kind === "clip" ? item.cast : null;
    this.stage.order(cast);
    if (cast || item === this.painted) this.stage.draw(result, item.chosen);
    this.faces.show(cast?.map((id) => ({ id })) ?? result.faces, item.chosen);
    const face = result.faces.find(({ id }) => id === item.chosen);
    if (face) this.panel.show(face, result.faces.length);
    else this.panel.idle(this.context.words.noFace);
  }

  private moment(item: FileItem): ReadMoment | null {
    return item.kind === "clip" ? this.clip.momentAt(this.at_s) : (item.moments[0] ?? null);
  }

  private showNothing(item: FileItem | null): void {
    this.stage.clear();
    this.faces.show([], -1);
    const { words, reader } = this.context;
    const isComing = item?.state.kind === "waiting" || item?.state.kind === "reading";
    if (!item || item.state.kind === "fault") this.panel.idle(words.waiting);
    else if (isComing && reader.state.kind !== "ready") this.panel.idle(this.words.waitingForModel);
    else this.panel.idle(this.words.notYet);
  }

  /** A file that cannot be read, in place of its picture. */
  private showNote(item: FileItem | null): void {
    const fault = item?.state.kind === "fault" ? item.state.fault : null;
    this.note.hidden = !fault;
    this.hint.hidden = Boolean(fault);
    if (!fault || !item) return;
    this.stage.show("none");
    const text = this.reason(item, fault);
    if (this.note.textContent !== text) this.note.textContent = text;
  }

  private reason({ name }: FileItem, { code }: Fault): string {
    return this.words.failed(name, this.context.words.faults[code]);
  }

  private makeClip(): ClipPanel {
    const withChosen = (act: (item: FileItem) => void) => () => {
      if (this.chosen) act(this.chosen);
    };
    return new ClipPanel(this.context.words, this.words, {
      seek: (time_s) => this.player.seek(time_s),
      play: () => this.player.toggle(),
      stop: withChosen((item) => this.shelf.stop(item)),
      again: withChosen((item) => this.shelf.again(item)),
      changed: () => this.show(),
    });
  }

  private makePlayer(): Player {
    return new Player(this.stage.video, {
      shown: (time_s) => {
        this.at_s = time_s;
        this.clip.at(time_s);
        this.show();
      },
      changed: (isPlaying) => this.clip.playing(isPlaying),
    });
  }

  private makeInput(): HTMLInputElement {
    const input = h("input", { type: "file", id: "files-input", multiple: true, hidden: true });
    input.accept = "image/*,video/*,.mkv,.heic";
    input.addEventListener("change", () => {
      this.files([...(input.files ?? [])]);
      input.value = "";
    });
    return input;
  }

  private layout(): HTMLElement {
    const { words } = this;
    const open = button("plus", words.choose, () => this.input.click(), {
      id: "files-choose",
      class: "primary",
    });
    this.stage.empty.append(icon("picture"), this.hint, this.note, open);
    const side = h("div", { class: "card files-side" }, this.faces.root, this.panel.root);
    const main = h("div", { class: "files-main" }, this.stage.root, this.clip.controls);
    main.append(this.pictures.root);
    const title = h("h2", { class: "unseen" }, words.title);
    const parts = [title, this.strip.root, main, side, this.clip.root, this.input];
    return h("div", { class: "files" }, ...parts);
  }
}
