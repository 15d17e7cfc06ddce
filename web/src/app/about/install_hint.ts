import { h } from "../dom";
import { button } from "../ui/button";
import { canInstall, install } from "./install";
import type { AboutWords } from "./words";

const NEWS = ["beforeinstallprompt", "appinstalled"] as const;

/** A button to install the page, where the browser has offered to. */
export class InstallHint {
  readonly root: HTMLElement;
  private readonly update = () => {
    this.root.hidden = !canInstall();
  };

  constructor(words: AboutWords, fail: (error: unknown) => void) {
    const press = () => {
      install().catch(fail);
      this.update();
    };
    const ask = button("download", words.install, press, { id: "about-install" });
    this.root = h("div", { class: "about-install" }, ask, h("p", {}, words.installHint));
    this.update();
  }

  enter(): void {
    for (const news of NEWS) addEventListener(news, this.update);
    this.update();
  }

  leave(): void {
    for (const news of NEWS) removeEventListener(news, this.update);
  }
}
