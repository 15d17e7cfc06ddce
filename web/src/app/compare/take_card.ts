import { h } from "../dom";
import type { CameraName } from "../live/camera";
import { button } from "../ui/button";
import { clock } from "../ui/clock";
import { icon } from "../ui/icon";
import { type CardAsked, ClipCard } from "./clip_card";
import { makeSwitch } from "./make_switch";
import { showCamera } from "./show_clip";
import type { CompareWords } from "./words";

/** Where the visitor is on the way to a take. */
export type TakeState =
  | "waiting"
  | "empty"
  | "opening"
  | "camera"
  | "counting"
  | "recording"
  | "reading"
  | "film";

interface Asked extends CardAsked {
  readonly camera: () => void;
  readonly device: (id: string) => void;
  readonly start: () => void;
  readonly done: () => void;
  readonly save: () => void;
}

/** Where the take is acted before the camera, or chosen. */
export class TakeCard extends ClipCard {
  /** Whether the reference plays while the camera records. */
  readonly beside: HTMLInputElement;
  private readonly hint = h("p", { class: "soft" });
  private readonly count = h("p", { class: "compare-count", "aria-live": "assertive" });
  private readonly face = h("p", { class: "compare-badge" });
  private readonly clock = h("span", { class: "figures" });
  private readonly devices = h("select", { id: "compare-device" });
  private readonly parts: ReadonlyMap<HTMLElement, readonly TakeState[]>;
  private readonly first: HTMLButtonElement;
  private readonly saving: HTMLButtonElement;
  private state: TakeState = "waiting";

  constructor(words: CompareWords, asked: Asked) {
    super("compare-take", 2, words.take, words, asked);
    const camera = { class: "primary", id: "compare-record" };
    this.first = button("camera", words.record, asked.camera, camera);
    const choose = this.chooser(words.chooseClip);
    this.empty.append(icon("camera"), this.hint, this.first, choose);
    const start = button("record", words.start, asked.start, {
      class: "primary",
      id: "compare-start",
    });
    const stop = button("stop", words.stop, asked.done, { class: "primary", id: "compare-stop" });
    const cancel = button("close", words.cancel, asked.cancel, { id: "compare-leave-camera" });
    const again = button("record", words.anotherTake, asked.camera, {
      class: "primary",
      id: "compare-again",
    });
    const other = this.chooser(words.otherClip);
    this.saving = button("download", words.saveRecording, asked.save, { id: "compare-save" });
    const beside = makeSwitch(words.playReference, true, () => undefined);
    this.beside = beside.input;
    const device = h(
      "label",
      { class: "compare-device" },
      h("span", { class: "unseen" }, words.camera),
      this.devices,
    );
    this.devices.addEventListener("change", () => asked.device(this.devices.value));
    const badge = h("p", { class: "compare-badge recording" }, words.recording, this.clock);
    this.frame.append(this.face, badge, this.count);
    this.tools.append(start, stop, again, other, this.saving, cancel, beside.root, device);
    this.parts = new Map<HTMLElement, readonly TakeState[]>([
      [this.empty, ["waiting", "empty"]],
      [this.video, ["opening", "camera", "counting", "recording", "reading", "film"]],
      [this.face, ["opening", "camera"]],
      [badge, ["recording"]],
      [this.count, ["counting"]],
      [start, ["camera"]],
      [stop, ["recording"]],
      [cancel, ["opening", "camera", "counting", "recording"]],
      [beside.root, ["camera"]],
      [device, ["camera"]],
      [again, ["film"]],
      [other, ["film"]],
      [this.saving, ["film"]],
      [this.tools, ["opening", "camera", "counting", "recording", "film"]],
      [this.busy.root, ["reading"]],
    ]);
    choose.id = "compare-choose-take";
    this.enter("waiting");
  }

  /** Shows what belongs to a state; the focus stays in the card when its button goes. */
  enter(state: TakeState): void {
    const held = this.root.contains(document.activeElement);
    this.state = state;
    this.root.dataset["state"] = state;
    for (const [part, states] of this.parts) part.hidden = !states.includes(state);
    const { referenceFirst, takeHint } = this.words;
    this.hint.textContent = state === "waiting" ? referenceFirst : takeHint;
    for (const choice of this.empty.querySelectorAll("button")) {
      choice.disabled = state === "waiting";
    }
    this.video.classList.toggle("mirrored", isLive(state));
    if (held && !document.activeElement?.checkVisibility()) this.focus();
  }

  get at(): TakeState {
    return this.state;
  }

  preview(camera: MediaStream): void {
    this.video.muted = true;
    showCamera(this.video, camera);
  }

  cameras(names: readonly CameraName[], chosen: string | null): void {
    this.devices.replaceChildren(
      ...names.map(({ id, name }) => h("option", { value: id, selected: id === chosen }, name)),
    );
    const label = this.devices.parentElement as HTMLElement;
    label.classList.toggle("alone", names.length < 2);
  }

  /** What the camera sees before anything is recorded; null where the face is in sight. */
  sees(problem: string | null): void {
    const text = problem ?? this.words.faceSeen;
    if (this.face.textContent !== text) this.face.textContent = text;
    this.face.classList.toggle("good", problem === null);
  }

  counting(left: number): void {
    this.count.textContent = String(left);
  }

  recorded(time_s: number, length_s: number): void {
    const text = `${clock(Math.floor(time_s))} / ${clock(Math.round(length_s))}`;
    if (this.clock.textContent !== text) this.clock.textContent = text;
  }

  /** A clip; only what was recorded here can be saved. */
  film(clip: { readonly url: string; readonly name: string; readonly recorded: boolean }): void {
    super.show(clip);
    this.video.muted = true;
    this.saving.disabled = !clip.recorded;
    this.saving.classList.toggle("gone", !clip.recorded);
  }

  private focus(): void {
    const buttons = [...this.root.querySelectorAll<HTMLElement>("button.primary, button")];
    const next = buttons.find((each) => each.checkVisibility() && !each.hasAttribute("disabled"));
    next?.focus();
  }
}

function isLive(state: TakeState): boolean {
  return ["opening", "camera", "counting", "recording"].includes(state);
}
