import type { Face } from "../../lib";
import { h } from "../dom";
import type { Words } from "../words";

/** One button for each face where there are several, in the order in which they are numbered. */
export class FaceChoice {
  readonly root: HTMLElement;
  private ids: number[] = [];

  constructor(
    private readonly words: Words,
    private readonly choose: (id: number) => void,
  ) {
    this.root = h("div", {
      class: "tools face-choice",
      role: "group",
      "aria-label": words.whichFace,
    });
    this.root.hidden = true;
  }

  show(faces: readonly Pick<Face, "id">[], chosen: number): void {
    const ids = faces.map(({ id }) => id);
    this.root.hidden = ids.length < 2;
    if (ids.join() !== this.ids.join()) this.build(ids);
    this.ids.forEach((id, i) => {
      this.root.children[i]?.setAttribute("aria-pressed", String(id === chosen));
    });
  }

  private build(ids: number[]): void {
    this.ids = ids;
    const buttons = ids.map((id, i) => {
      const name = this.words.face(i + 1);
      const press = () => this.choose(id);
      return h("button", { type: "button", "aria-label": name, onclick: press }, String(i + 1));
    });
    this.root.replaceChildren(...buttons);
  }
}
