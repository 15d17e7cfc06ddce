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
    this.ids = faces.map(({ id }) => id);
    this.root.hidden = this.ids.length < 2;
    // Faces come and go; the buttons that stay keep the focus.
    while (this.root.childElementCount > this.ids.length) this.root.lastElementChild?.remove();
    this.ids.forEach((id, i) => {
      const place = this.root.children[i] ?? this.add(i);
      place.setAttribute("aria-pressed", String(id === chosen));
    });
  }

  private add(index: number): HTMLElement {
    const name = this.words.face(index + 1);
    const press = () => this.choose(this.ids[index] as number);
    const place = h("button", { type: "button", "aria-label": name, onclick: press });
    place.textContent = String(index + 1);
    this.root.append(place);
    return place;
  }
}
