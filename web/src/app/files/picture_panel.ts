import { h } from "../dom";
import { button } from "../ui/button";
import { saveCsv, saveJson } from "../ui/results/save";
import type { FileItem } from "./file_item";
import type { FilesWords } from "./words";

/** Under a picture: files with the results of all pictures. */
export class PicturePanel {
  readonly root: HTMLElement;
  private readonly text = h("span", { class: "soft" });
  private pictures: readonly FileItem[] = [];

  constructor(private readonly own: FilesWords) {
    const sources = () => this.pictures.map((item) => item.source());
    const csv = button("download", "CSV", () => saveCsv(sources()), { id: "files-pictures-csv" });
    const json = button("download", "JSON", () => saveJson(sources()), {
      id: "files-pictures-json",
    });
    const group = { class: "tools files-pictures", role: "group", "aria-label": own.save };
    this.root = h("div", { ...group, hidden: true }, this.text, csv, json);
  }

  /** Hidden where the chosen file is no picture that was read. */
  show(items: readonly FileItem[], chosen: FileItem | null): void {
    this.pictures = items.filter(({ kind, state }) => kind === "picture" && state.kind === "done");
    const { length } = this.pictures;
    this.root.hidden = chosen?.kind !== "picture" || chosen.state.kind !== "done";
    this.text.textContent = this.own.saveAll(length);
  }
}
