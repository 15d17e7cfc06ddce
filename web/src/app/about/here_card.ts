import type { Running } from "../../lib";
import { h } from "../dom";
import { part } from "./parts";
import type { AboutWords } from "./words";

/** Which backend runs on this device, and why others were left. */
export class HereCard {
  private readonly list = h("ul", { id: "about-here" });
  readonly root: HTMLElement;

  constructor(private readonly words: AboutWords) {
    this.root = part(4, words.here, h("p", {}, words.hereLead), this.list);
    this.root.hidden = true;
  }

  show({ backend, attempts }: Running): void {
    const { words } = this;
    const left = attempts.filter(({ problem }) => problem !== null);
    this.list.replaceChildren(
      h("li", {}, words.runsOn(words.backends[backend])),
      ...left.map(({ name, problem }) =>
        h("li", {}, `${words.left(words.backends[name])} `, h("code", { lang: "en" }, problem)),
      ),
    );
    if (!left.length) this.list.append(h("li", {}, words.noneLeft));
    this.root.hidden = false;
  }
}
