import type { Attempt } from "../core/engine";
import type { Fault } from "../core/fault";
import type { ModelEntry } from "../core/manifest";
import type { Face, FrameResult, ToWindow } from "../core/messages";
import { Announcer } from "./announcer";
import { Bars } from "./bars";
import { byId } from "./dom";
import { FaceChoice } from "./face_choice";
import type { Scene } from "./stage";
import { labelName, type Strings } from "./strings";

/** What the page shows beside the stage: the verdict, the bars, the meter, the model. */
export class Page {
  private readonly bars: Bars;
  private readonly faces: FaceChoice;
  private readonly announcer = new Announcer((text) => {
    byId("spoken").textContent = text;
  });

  constructor(
    private readonly strings: Strings,
    choose: (face: number) => void,
  ) {
    document.documentElement.lang = strings.code;
    this.bars = new Bars(byId("bars"), strings);
    this.faces = new FaceChoice(byId("faces"), choose);
    for (const element of document.querySelectorAll<HTMLElement>("[data-text]")) {
      element.textContent = String(strings[element.dataset["text"] as keyof Strings]);
    }
    for (const element of document.querySelectorAll<HTMLElement>("[data-label]")) {
      element.ariaLabel = String(strings[element.dataset["label"] as keyof Strings]);
    }
    this.progress(0, 0);
  }

  progress(loaded: number, total: number): void {
    const { loading, starting } = this.strings;
    byId("loading").hidden = false;
    byId<HTMLProgressElement>("progress").value = total ? Math.min(1, loaded / total) : 0;
    const done = total > 0 && loaded >= total;
    byId("loading-text").textContent =
      total && !done ? `${loading} ${megabytes(loaded)} / ${megabytes(total)}` : starting;
    this.announcer.announce(loading, loading);
  }

  ready(message: ToWindow & { kind: "ready" }): void {
    byId("loading").hidden = true;
    this.bars.prepare(message.heads);
    byId("backend").textContent = message.backend;
    byId("unproven").hidden = message.model.proven;
    byId("facts").textContent = this.facts(message.model, message.attempts);
    this.choice(message.models, message.model.name);
    this.announcer.announce(this.strings.ready, this.strings.ready);
  }

  result(result: FrameResult, chosen: number): void {
    const face = result.faces[chosen];
    byId("meter").dataset["tensors"] = String(result.tensors);
    this.faces.show(result.faces.length, chosen);
    if (face) this.face(face, result.faces.length);
    else this.quiet(this.strings.noFace);
  }

  /** What is shown of a scene before its first result. */
  idle(scene: Scene): void {
    this.quiet(this.strings.idle[scene]);
    this.meter(null, null, null);
  }

  /** Only what has been measured is shown. */
  meter(frame_ms: number | null, perSecond: number | null, drops: number | null): void {
    const { perFrame, perPicture } = this.strings;
    byId("frame-unit").textContent = perSecond === null ? perPicture : perFrame;
    figure("frame-ms", frame_ms?.toFixed(frame_ms < 100 ? 1 : 0));
    figure("rate", perSecond?.toFixed(0));
    figure("drops", drops?.toString());
  }

  fault(fault: Fault, canRetry: boolean): void {
    byId("fault").hidden = false;
    byId("fault-text").textContent = this.strings.faults[fault.code];
    byId("fault-detail").textContent = fault.detail;
    byId("again").hidden = !canRetry;
    byId("loading").hidden = true;
  }

  noFault(): void {
    byId("fault").hidden = true;
  }

  private quiet(text: string): void {
    this.bars.idle();
    this.faces.show(0, 0);
    this.verdict(text, "", true);
  }

  private face(face: Face, count: number): void {
    const [head] = face.heads;
    if (!head) return;
    this.bars.show(face.heads);
    const probability = head.probabilities[head.best] as number;
    const label = labelName(head.labels[head.best] as string, this.strings);
    const percent = Math.round(probability * 100);
    const { uncertain, perhaps, spoken, faces } = this.strings;
    const sure = head.uncertain ? `${perhaps(label)}, ${percent}%` : `${percent}%`;
    const more = count > 1 ? `${sure} · ${faces(count)}` : sure;
    this.verdict(head.uncertain ? uncertain : label, more, false);
    const text = head.uncertain ? `${uncertain}, ${perhaps(label)}` : spoken(label, percent);
    this.announcer.announce(text, head.uncertain ? uncertain : label);
  }

  private verdict(text: string, more: string, quiet: boolean): void {
    byId("verdict").textContent = text;
    byId("verdict-more").textContent = more;
    byId("verdict").parentElement?.classList.toggle("quiet", quiet);
    if (quiet) this.announcer.announce(text, text);
  }

  private facts({ name, proven, figures }: ModelEntry, attempts: readonly Attempt[]): string {
    const { size, proof } = this.strings;
    const same = Number((100 - 100 * figures.flips).toFixed(1));
    return [
      name,
      size(megabytes(figures.bytes)),
      ...(proven ? [proof(same)] : []),
      ...attempts.flatMap(({ name, problem }) => (problem ? [`${name}: ${problem}`] : [])),
    ].join(" · ");
  }

  private choice(models: readonly string[], chosen: string): void {
    byId("model-choice").hidden = models.length < 2;
    const select = byId<HTMLSelectElement>("model");
    select.replaceChildren(...models.map((name) => new Option(name, name, false, name === chosen)));
  }
}

function figure(id: string, value: string | undefined): void {
  const place = byId(id);
  place.textContent = value ?? "";
  (place.parentElement as HTMLElement).hidden = value === undefined;
}

function megabytes(bytes: number): string {
  return bytes < 100_000 ? `${Math.ceil(bytes / 1000)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}
