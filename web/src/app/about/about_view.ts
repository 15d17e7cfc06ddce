import { type About, aboutModel, type Running } from "../../lib";
import { h } from "../dom";
import type { Context, OpenView, View } from "../view";
import { accuracyCard } from "./accuracy_card";
import { detectorCard } from "./detector_card";
import { fullCard } from "./full_card";
import { HereCard } from "./here_card";
import { InstallHint } from "./install_hint";
import { limitsCard } from "./limits_card";
import { modelCard } from "./model_card";
import { operatorsCard } from "./operators_card";
import { privacyCard } from "./privacy_card";
import { proofCard } from "./proof_card";
import { unsureCard } from "./unsure_card";
import { weightsCard } from "./weights_card";
import { ABOUT_WORDS } from "./words";
import "./about.css";

export const openAboutView: OpenView = (context) => new AboutView(context);

/** What the page does and does not do, for its visitors; how that was found out, for engineers. */
class AboutView implements View {
  readonly root: HTMLElement;
  private readonly words;
  private readonly install: InstallHint;
  private readonly here: HereCard;
  private readonly model = h("div", { class: "about-grid", id: "about-model" });
  private readonly proof = h("div", { class: "about-grid", id: "about-proofs" });
  private readonly pending = h("div", { class: "card about-pending", id: "about-pending" });
  private running: Running | null = null;
  /** The model whose figures are on the screen. */
  private shown: string | null = null;
  private isEntered = false;
  private loading = new AbortController();

  constructor(private readonly context: Context) {
    this.words = ABOUT_WORDS[context.words.code];
    this.install = new InstallHint(this.words, context.fault);
    this.here = new HereCard(this.words);
    this.root = this.layout();
    this.wait();
  }

  enter(): void {
    this.isEntered = true;
    this.install.enter();
    void this.load();
  }

  leave(): void {
    this.isEntered = false;
    this.install.leave();
    this.loading.abort();
  }

  ready(running: Running): void {
    this.running = running;
    this.here.show(running);
    if (this.isEntered) void this.load();
  }

  private layout(): HTMLElement {
    const { words } = this;
    const lead = h("p", { class: "about-lead" }, words.lead.join(" "));
    return h(
      "div",
      { class: "about", tabindex: -1 },
      h("div", { class: "about-intro" }, h("h2", {}, words.title), lead),
      privacyCard(words, this.install.root),
      this.pending,
      this.model,
      h(
        "div",
        { class: "about-intro" },
        h("h3", {}, words.engineers),
        h("p", { class: "soft" }, words.engineersLead),
      ),
      this.proof,
    );
  }

  /** Only what is looked at is fetched, and only when the model is another. */
  private async load(): Promise<void> {
    const entry = this.running?.model;
    if (!entry || entry.name === this.shown) return;
    this.loading.abort();
    this.loading = new AbortController();
    const { signal } = this.loading;
    this.wait();
    try {
      const about = await aboutModel(entry, { signal });
      if (signal.aborted) return;
      this.show(about);
      this.shown = entry.name;
    } catch (error) {
      if (!signal.aborted) this.fail(error);
    }
  }

  private wait(): void {
    this.clear();
    this.pending.replaceChildren(h("p", {}, this.words.waiting));
  }

  private fail(error: unknown): void {
    const retry = () => {
      this.context.noFault();
      this.root.focus({ preventScroll: true });
      void this.load();
    };
    this.pending.replaceChildren(
      h("p", {}, this.words.missing),
      h("button", { type: "button", id: "about-again", onclick: retry }, this.context.words.again),
    );
    this.context.fault(error);
  }

  private clear(): void {
    this.shown = null;
    this.pending.hidden = false;
    this.model.replaceChildren();
    this.proof.replaceChildren(this.here.root);
  }

  private show(about: About): void {
    const { words } = this;
    const shared = this.context.words;
    this.pending.hidden = true;
    const earned = accuracyCard(about, words, shared);
    const unsure = unsureCard(about, words, shared);
    this.model.replaceChildren(
      modelCard(about, words, shared),
      // The figures of several heads take the whole width, below both.
      ...(about.heads.length > 1 ? [unsure, earned] : [earned, unsure]),
      limitsCard(about, words, shared),
    );
    const card = fullCard(about, words);
    this.proof.replaceChildren(
      proofCard(about, words, shared),
      weightsCard(about, words, shared),
      this.here.root,
      operatorsCard(about, words),
      detectorCard(about, words, shared),
      ...(card ? [card] : []),
    );
  }
}
