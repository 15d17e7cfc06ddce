import type { SiteClip } from "../../lib";
import { h } from "../dom";
import { button } from "../ui/button";
import { clock } from "../ui/clock";
import { icon } from "../ui/icon";
import { type CardAsked, ClipCard } from "./clip_card";
import { makeSwitch } from "./make_switch";
import type { CompareWords } from "./words";

interface Asked extends CardAsked {
  readonly siteClip: (clip: SiteClip) => void;
}

/** Where the clip is chosen that is to be acted after. */
export class ReferenceCard extends ClipCard {
  private readonly offers = h("div", { class: "compare-offers" });

  constructor(
    words: CompareWords,
    private readonly asked: Asked,
  ) {
    super("compare-reference", 1, words.reference, words, asked);
    const choose = this.chooser(words.chooseClip, { class: "primary" });
    this.empty.append(icon("clip"), h("p", { class: "soft" }, words.dropHere), choose, this.offers);
    const sound = makeSwitch(words.sound, true, (on) => {
      this.video.muted = !on;
    });
    this.tools.append(this.chooser(words.otherClip), sound.root);
    this.idle();
  }

  /** What the site's owner put up. */
  offer(clips: readonly SiteClip[]): void {
    const choices = clips.map((clip) =>
      button("play", clip.name, () => this.asked.siteClip(clip), { class: "compare-offer" }),
    );
    choices.forEach((choice, i) => {
      const lasting = clock(Math.round(clips[i]?.seconds ?? 0));
      choice.append(h("span", { class: "soft figures" }, lasting));
    });
    this.offers.replaceChildren(
      ...(choices.length ? [h("p", { class: "soft" }, this.words.siteClips), ...choices] : []),
    );
  }
}
