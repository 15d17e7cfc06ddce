import { h } from "../dom";
import { icon } from "../ui/icon";
import type { FileItem } from "./file_item";

interface Pressed {
  readonly choose: () => void;
  readonly remove: () => void;
}

/** A file in the strip: a small picture of it, its name, and how it stands with it. */
export class FileEntry {
  readonly root: HTMLElement;
  private readonly state = h("span", { class: "files-state soft figures" });
  private readonly progress = h("progress", { max: 1, "aria-hidden": "true", hidden: true });
  private readonly choose: HTMLButtonElement;

  constructor(
    private readonly item: FileItem,
    removeText: string,
    { choose, remove }: Pressed,
  ) {
    const { name, kind, thumbnail } = item;
    const holder = h("span", { class: "files-picture" }, icon(kind), thumbnail);
    const said = h("span", { class: "files-said" }, h("span", { class: "files-name" }, name));
    said.append(this.state);
    this.choose = h("button", { type: "button", class: "files-choose", onclick: choose });
    this.choose.append(holder, said);
    const close = h("button", {
      type: "button",
      class: "quiet files-remove",
      "aria-label": removeText,
      onclick: remove,
    });
    close.append(icon("close"));
    this.root = h("li", { class: "files-entry" }, this.choose, close, this.progress);
  }

  show(text: string, chosen: boolean): void {
    const { state } = this.item;
    if (this.state.textContent !== text) this.state.textContent = text;
    this.root.dataset["state"] = state.kind;
    this.choose.setAttribute("aria-current", String(chosen));
    const pace = state.kind === "reading" ? state.pace : null;
    this.progress.hidden = !pace;
    if (pace) this.progress.value = Math.min(1, pace.done_s / Math.max(pace.duration_s, 0.001));
  }

  focus(): void {
    this.choose.focus();
  }

  intoSight(): void {
    this.root.scrollIntoView({ block: "nearest", inline: "nearest" });
  }
}
