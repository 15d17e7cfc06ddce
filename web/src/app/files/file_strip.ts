import { h } from "../dom";
import { button } from "../ui/button";
import type { Words } from "../words";
import { FileEntry } from "./file_entry";
import type { FileItem } from "./file_item";
import { openPicture } from "./open_picture";
import { stateText } from "./state_text";
import { paintThumbnail } from "./thumbnail";
import type { FilesWords } from "./words";

interface Pressed {
  readonly choose: (item: FileItem) => void;
  readonly remove: (item: FileItem) => void;
  readonly more: () => void;
}

/** The files that were taken in, side by side. */
export class FileStrip {
  readonly root: HTMLElement;
  private readonly list: HTMLElement;
  private readonly entries = new Map<FileItem, FileEntry>();
  private chosen: FileItem | null = null;
  private painting: Promise<void> = Promise.resolve();

  constructor(
    private readonly words: Words,
    private readonly own: FilesWords,
    private readonly pressed: Pressed,
  ) {
    this.list = h("ul", { class: "files-list", "aria-label": own.taken });
    const more = button("plus", own.more, pressed.more, { id: "files-more" });
    this.root = h("div", { class: "files-strip", hidden: true }, this.list, more);
  }

  add(item: FileItem): void {
    const { choose, remove } = this.pressed;
    const entry = new FileEntry(item, this.own.remove(item.name), {
      choose: () => choose(item),
      remove: () => remove(item),
    });
    this.entries.set(item, entry);
    this.list.append(entry.root);
    this.update(item);
  }

  remove(item: FileItem): void {
    this.entries.get(item)?.root.remove();
    this.entries.delete(item);
  }

  update(item: FileItem): void {
    const text = stateText(item, this.words, this.own);
    this.entries.get(item)?.show(text, item === this.chosen);
  }

  /** Another file is shown. */
  refresh(chosen: FileItem | null): void {
    this.chosen = chosen;
    this.root.hidden = this.entries.size === 0;
    for (const item of this.entries.keys()) this.update(item);
    if (chosen) this.entries.get(chosen)?.intoSight();
  }

  focus(item: FileItem): void {
    this.entries.get(item)?.focus();
  }

  /** Small pictures, one after the other; what is no picture is told when it is read. */
  paint(items: readonly FileItem[]): void {
    for (const item of items) this.painting = this.painting.then(() => this.paintOne(item));
  }

  private async paintOne(item: FileItem): Promise<void> {
    if (item.kind !== "picture" || !this.entries.has(item)) return;
    const picture = await openPicture(item.file).catch(() => null);
    if (!picture) return;
    paintThumbnail(item.thumbnail, picture);
    picture.close();
  }
}
