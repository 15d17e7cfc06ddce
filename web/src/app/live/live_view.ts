import { Fault, type FrameResult, follow, type LiveFrame, type Running } from "../../lib";
import { h } from "../dom";
import { button } from "../ui/button";
import { FaceChoice } from "../ui/face_choice";
import { HeadsPanel } from "../ui/heads_panel";
import { icon } from "../ui/icon";
import { Stage } from "../ui/stage";
import type { Context, OpenView, View } from "../view";
import { closeCamera, facesAway, openCamera, play } from "./camera";
import { CameraChoice } from "./camera_choice";
import { LiveCurves } from "./live_curves";
import { MeterView } from "./meter_view";
import { Recording } from "./recording";
import { saveSnapshot } from "./snapshot";
import { LIVE_WORDS } from "./words";
import "./live.css";

const FACES = 4;
const SMOOTH_MS = 250;

export const openLiveView: OpenView = (context) => new LiveView(context);

/** The camera: faces, what they say, and how it went over the last half minute. */
class LiveView implements View {
  readonly root: HTMLElement;
  private readonly words;
  private readonly stage: Stage;
  private readonly panel: HeadsPanel;
  private readonly faces: FaceChoice;
  private readonly curves: LiveCurves;
  private readonly meter: MeterView;
  private readonly recording: Recording;
  private readonly devices: CameraChoice;
  private readonly stream;
  private readonly onButton: HTMLButtonElement;
  private readonly offButton: HTMLButtonElement;
  private readonly pauseButton: HTMLButtonElement;
  private readonly running: HTMLElement;
  private readonly controls = h("div", { class: "tools" });
  private readonly mirror = toggle("live-mirror");
  private camera: MediaStream | null = null;
  /** What is drawn now. */
  private result: FrameResult | null = null;
  /** Aborted when the camera that was turned on last is no longer wanted. */
  private visit = new AbortController();
  private isReading = false;
  private chosen = -1;

  constructor(private readonly context: Context) {
    const words = LIVE_WORDS[context.words.code];
    this.words = words;
    this.stream = context.reader.stream({ faces: FACES, smooth_ms: SMOOTH_MS });
    this.stage = new Stage(context.words, words.stage, (id) => this.choose(id));
    this.panel = new HeadsPanel(context);
    this.faces = new FaceChoice(context.words, (id) => this.choose(id));
    this.curves = new LiveCurves(context, words);
    this.meter = new MeterView(words);
    this.recording = new Recording(context, words);
    this.devices = new CameraChoice(words, context.closed, (id) => {
      if (this.camera) void this.turnOn(id);
    });
    this.onButton = button("camera", words.on, () => void this.turnOn(this.devices.chosen), {
      id: "live-on",
      class: "primary",
    });
    this.offButton = button("stop", words.off, () => this.turnOff(), { id: "live-off" });
    this.pauseButton = button("pause", words.pause, () => this.pause(), {
      id: "live-pause",
      "aria-pressed": "false",
    });
    this.running = this.tools();
    this.stage.empty.append(icon("camera"), h("p", {}, words.hint), this.onButton);
    this.root = this.layout();
    this.stage.mirror(true);
    this.turnOff();
    const signal = context.closed;
    document.addEventListener("visibilitychange", () => this.cameBack(), { signal });
    signal.addEventListener("abort", () => this.curves.close());
  }

  ready(running: Running): void {
    const { heads, backend } = running;
    this.recording.prepare(running);
    this.panel.prepare(heads);
    this.curves.prepare(heads);
    this.meter.backend(backend);
    if (this.camera) void this.read(this.visit.signal);
  }

  /** What the last model said does not stay over a picture that moves on. */
  unready(): void {
    if (!this.camera) return;
    this.forget();
    this.panel.idle(this.words.waitingForModel);
  }

  leave(): void {
    this.turnOff();
  }

  private layout(): HTMLElement {
    const side = h("div", { class: "card live-side" });
    side.append(this.faces.root, this.panel.root, this.meter.root);
    const main = h("div", { class: "live-main" }, this.stage.root);
    main.append(this.running, this.recording.results);
    const title = h("h2", { class: "unseen" }, this.words.title);
    return h("div", { class: "live" }, title, main, side, this.curves.root);
  }

  private tools(): HTMLElement {
    const { words, mirror } = this;
    const smooth = toggle("live-smooth");
    smooth.addEventListener("change", () => {
      const smooth_ms = smooth.checked ? SMOOTH_MS : 0;
      this.stream.following = { ...this.stream.following, smooth_ms };
    });
    mirror.addEventListener("change", () => this.stage.mirror(mirror.checked));
    const snapshot = button("snapshot", words.snapshot, () => saveSnapshot(this.stage), {
      id: "live-snapshot",
    });
    this.controls.append(this.offButton, this.pauseButton, snapshot, this.recording.button);
    const switches = h("div", { class: "tools live-switches" });
    switches.append(named(smooth, words.smooth), named(mirror, words.mirror));
    return h("div", { class: "live-tools" }, this.controls, switches);
  }

  private async turnOn(id: string | null): Promise<void> {
    const isOther = document.activeElement === this.devices.root;
    this.turnOff();
    this.context.noFault();
    const { signal } = this.visit;
    try {
      const camera = await openCamera(id, () => this.lost(signal));
      if (signal.aborted) return closeCamera(camera);
      this.camera = camera;
      const playing = play(this.stage.video, camera);
      if (isOther) this.look(facesAway(camera));
      // Before it plays, so that already its first frame is read.
      this.show();
      const reading = this.read(signal);
      await playing;
      if (signal.aborted) return;
      this.offer(camera);
      (isOther ? this.devices.root : this.offButton).focus();
      await reading;
    } catch (error) {
      if (!signal.aborted) this.fail(error);
    }
  }

  private show(): void {
    this.stage.show("video");
    this.panel.idle(
      this.context.reader.state.kind === "ready"
        ? this.context.words.waiting
        : this.words.waitingForModel,
    );
  }

  /** What can be done with a camera that plays. */
  private offer(camera: MediaStream): void {
    this.running.hidden = false;
    this.controls.append(this.devices.root);
    void this.devices.refresh(camera);
  }

  private look(away: boolean): void {
    this.mirror.checked = !away;
    this.stage.mirror(!away);
  }

  /** Until the camera is turned off, or nothing runs any more: then `ready` begins again. */
  private async read(signal: AbortSignal): Promise<void> {
    if (this.isReading) return;
    this.isReading = true;
    try {
      for await (const frame of follow(this.stream, this.stage.video, { signal }))
        this.heard(frame);
    } catch (error) {
      // The shell tells what stopped the reader; the camera stays on for the next try.
      if (this.context.reader.state.kind !== "fault") this.fail(error);
    } finally {
      this.isReading = false;
    }
  }

  /** Drawn before anything else in the page changes, for drawing asks how it is laid out. */
  private heard(frame: LiveFrame): void {
    const faces = [...frame.result.faces].sort((a, b) => a.id - b.id);
    const leading = frame.result.faces[0]?.id ?? -1;
    const result = { ...frame.result, faces };
    if (!faces.some(({ id }) => id === this.chosen)) this.chosen = leading;
    this.draw(result);
    this.meter.add(frame);
    this.recording.add(frame.time_s, result, this.stream.following.smooth_ms > 0);
    this.curves.add(frame.time_s, faces, this.chosen);
    this.root.dataset["tensors"] = String(result.tensors);
  }

  private draw(result: FrameResult): void {
    const { faces } = result;
    this.result = result;
    this.stage.draw(result, this.chosen);
    this.faces.show(faces, this.chosen);
    const face = faces.find(({ id }) => id === this.chosen);
    if (face) this.panel.show(face, faces.length);
    else this.panel.idle(this.context.words.noFace);
  }

  /** By hand; while the camera is paused, no other frame would show it. */
  private choose(id: number): void {
    if (!this.result) return;
    this.chosen = id;
    this.curves.choose(id);
    this.draw(this.result);
  }

  private pause(): void {
    const { video } = this.stage;
    const pauses = !video.paused;
    this.pauseButton.setAttribute("aria-pressed", String(pauses));
    if (pauses) video.pause();
    else video.play().catch(() => undefined);
  }

  /** Some browsers pause a video while its tab is hidden. */
  private cameBack(): void {
    const { video } = this.stage;
    const wanted = this.camera && this.pauseButton.ariaPressed === "false";
    if (wanted && !document.hidden && video.paused) video.play().catch(() => undefined);
  }

  private lost(signal: AbortSignal): void {
    if (!signal.aborted) this.fail(new Fault("camera-lost", this.devices.name));
  }

  private fail(error: unknown): void {
    this.turnOff();
    this.context.fault(error);
    // Another may be chosen instead.
    void this.devices.refresh(null);
  }

  private turnOff(): void {
    const held = this.running.contains(document.activeElement);
    this.visit.abort();
    this.visit = new AbortController();
    if (this.camera) closeCamera(this.camera);
    this.camera = null;
    this.stage.video.srcObject = null;
    this.stage.show("none");
    this.stage.empty.append(this.devices.root);
    this.running.hidden = true;
    if (held) this.onButton.focus();
    this.pauseButton.setAttribute("aria-pressed", "false");
    this.recording.stop();
    this.meter.reset();
    this.curves.clear();
    this.forget();
    this.panel.idle(this.words.idle);
  }

  private forget(): void {
    this.result = null;
    this.stage.clear();
    this.faces.show([], -1);
  }
}

/** On at first. */
function toggle(id: string): HTMLInputElement {
  return h("input", { type: "checkbox", id, role: "switch", checked: true });
}

function named(input: HTMLInputElement, text: string): HTMLLabelElement {
  return h("label", { class: "switch" }, input, h("span", {}, text));
}
