import { type FaceReader, Fault, type ReaderState, type Running } from "../lib";
import { brandMark } from "./brand_mark";
import { h } from "./dom";
import { FaultBanner } from "./fault_banner";
import { onFiles } from "./files_in";
import { LoadingBar } from "./loading_bar";
import { TABS, type Tab, tabOf } from "./router";
import { Announcer } from "./ui/announcer";
import { type IconName, icon } from "./ui/icon";
import type { Context, View } from "./view";
import { VIEWS } from "./views";
import { LANGUAGES, type Language, type Words } from "./words";
import "./style/shell.css";

/** After the first things. */
const SETTLED_MS = 1000;

const ICONS: Readonly<Record<Tab, IconName>> = {
  live: "camera",
  files: "picture",
  compare: "compare",
  about: "about",
};

/** The page around its views: tabs, language, model, what is loading, and what went wrong. */
export class Shell {
  private readonly spoken = h("p", { class: "unseen", "aria-live": "polite", id: "spoken" });
  private readonly announcer = new Announcer((text) => {
    this.spoken.textContent = text;
  });
  private readonly loading: LoadingBar;
  private readonly banner: FaultBanner;
  private readonly main = h("main", { id: "main", tabindex: "-1" });
  private readonly models = h("select", { id: "model" });
  private readonly modelChoice: HTMLElement;
  private readonly unproven: HTMLElement;
  private readonly links = new Map<Tab, HTMLAnchorElement>();
  private readonly opened = new Map<Tab, Promise<View>>();
  private readonly closed = new AbortController();
  private readonly context: Context;
  private current: View | null = null;
  private tab: Tab | null = null;

  constructor(
    private readonly reader: FaceReader,
    private readonly words: Words,
    private readonly speak: (language: Language) => void,
  ) {
    this.loading = new LoadingBar(words);
    this.banner = new FaultBanner(words, () => this.main.focus({ preventScroll: true }));
    this.modelChoice = h("div", { class: "model", hidden: true }, this.models);
    this.models.ariaLabel = words.model;
    this.models.addEventListener("change", () => this.load());
    this.unproven = h("p", { class: "unproven", id: "unproven", hidden: true }, words.unproven);
    this.context = {
      reader,
      words,
      announce: (text, topic) =>
        topic === undefined ? this.announcer.tell(text) : this.announcer.remark(text, topic),
      fault: (error) => isAbort(error) || this.banner.show(error, null),
      noFault: () => this.tellFault(),
      closed: this.closed.signal,
    };
    this.build();
    const { signal } = this.closed;
    addEventListener("hashchange", () => void this.go(tabOf(location.hash), true), { signal });
    onFiles((files) => void this.take(files), signal);
    this.show(reader.state);
    void this.go(tabOf(location.hash), false);
  }

  /** The reader's state, as it changes. */
  show(state: ReaderState): void {
    this.loading.show(state, this.context.announce);
    if (state.kind === "fault") this.tellFault();
    if (state.kind === "ready") this.ready(state.running);
    else this.current?.unready?.();
  }

  /** Makes room for another shell. */
  close(): void {
    this.current?.leave?.();
    this.tab = null;
    this.announcer.hush();
    this.closed.abort();
  }

  private build(): void {
    const { words } = this;
    document.documentElement.lang = words.code;
    const brand = h("a", { class: "brand", href: "#live" });
    brand.append(brandMark(34), h("h1", {}, "facecast"));
    const nav = h("nav", { class: "tabs" }, ...TABS.map((tab) => this.link(tab)));
    const choices = h("div", { class: "choices" }, this.modelChoice, this.languages());
    const header = h("header", { class: "top" }, brand, nav, choices);
    const drop = h("p", { class: "drop", "aria-hidden": "true" }, words.drop);
    const notices = h("a", { href: "notices.txt" }, words.notices);
    const footer = h("footer", {}, h("p", {}, words.privacy), notices);
    const said = [this.loading.root, this.banner.root, this.unproven];
    document.body.replaceChildren(header, ...said, this.main, footer, drop, this.spoken);
  }

  private link(tab: Tab): HTMLElement {
    const link = h("a", { href: `#${tab}`, id: `tab-${tab}` });
    link.append(icon(ICONS[tab]), h("span", {}, this.words.tabs[tab]));
    this.links.set(tab, link);
    return link;
  }

  private languages(): HTMLElement {
    const options = { en: ["English", "English"], ko: ["한국어", "Korean"] } as const;
    const select = h("select", { id: "language", "aria-label": this.words.language });
    for (const code of Object.keys(LANGUAGES) as Language[]) {
      const isOwn = code === this.words.code;
      const [own, latin] = options[code];
      const option = new Option(isOwn ? own : latin, code, false, isOwn);
      option.lang = code;
      select.append(option);
      // Another script needs another font, which takes a while to find.
      if (!isOwn) setTimeout(() => (option.text = own), SETTLED_MS);
    }
    select.addEventListener("change", () => this.speak(select.value as Language));
    return select;
  }

  private async go(tab: Tab, focus: boolean): Promise<void> {
    if (tab === this.tab) return;
    this.tab = tab;
    for (const [name, link] of this.links) {
      link.setAttribute("aria-current", name === tab ? "page" : "false");
    }
    const view = await this.view(tab);
    // Meanwhile another tab may have been asked for, or another language.
    if (tab !== this.tab) return;
    if (view !== this.current) this.change(view);
    if (focus) this.main.focus({ preventScroll: true });
  }

  /** The view before stays until the new one has come, and then ends what costs power. */
  private change(view: View | null): void {
    this.current?.leave?.();
    this.announcer.hush();
    this.current = view;
    this.main.replaceChildren(...(view ? [view.root] : []));
    scrollTo(0, 0);
    if (view) this.tellFault();
    view?.enter?.();
  }

  private async view(tab: Tab): Promise<View | null> {
    const opening = this.opened.get(tab) ?? this.open(tab);
    this.opened.set(tab, opening);
    try {
      return await opening;
    } catch (error) {
      this.opened.delete(tab);
      this.banner.show(error, () => this.retry(tab));
      return null;
    }
  }

  private async open(tab: Tab): Promise<View> {
    const open = await VIEWS[tab]().catch((error) => {
      throw new Fault("missing-file", String(error));
    });
    this.closed.signal.throwIfAborted();
    const view = open(this.context);
    if (this.reader.state.kind === "ready") view.ready?.(this.reader.state.running);
    return view;
  }

  /** A tab that did not open, unless the visitor went on to another. */
  private retry(tab: Tab): void {
    if (tab !== this.tab) return;
    this.tab = null;
    void this.go(tab, true);
  }

  /** What a view complained of is over; what stops the reader is told until it is mended. */
  private tellFault(): void {
    const { state } = this.reader;
    if (state.kind === "fault") this.banner.show(state.fault, () => this.load());
    else this.banner.hide();
  }

  private load(): void {
    if (this.reader.state.kind === "fault") this.banner.hide();
    this.reader.load(this.models.value || null);
  }

  private ready(running: Running): void {
    this.unproven.hidden = running.model.proven;
    this.choice(running.models, running.model.name);
    this.context.announce(this.words.ready);
    for (const opening of this.opened.values()) {
      opening.then((view) => view.ready?.(running)).catch(() => undefined);
    }
  }

  private choice(models: readonly string[], chosen: string): void {
    this.modelChoice.hidden = models.length < 2;
    const options = models.map((name) => new Option(name, name, false, name === chosen));
    this.models.replaceChildren(...options);
  }

  /** A view that takes no files sends them where they are taken. */
  private async take(files: readonly File[]): Promise<void> {
    if (this.current?.files) return this.current.files(files);
    location.hash = "#files";
    const view = await this.view("files");
    view?.files?.(files);
  }
}

function isAbort(error: unknown): boolean {
  return error instanceof DOMException && error.name === "AbortError";
}
