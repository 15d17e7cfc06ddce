import { Announcer } from "./announcer";
import { Bars } from "./bars";
import { byId } from "./dom";
import type { Attempt } from "./engine";
import { FaceChoice } from "./face_choice";
import type { Fault } from "./fault";
import type { ModelEntry } from "./manifest";
import type { Face, FrameResult, ToWindow } from "./messages";
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
    byId("stage").setAttribute("aria-label", strings.stage);
    byId("tools").setAttribute("aria-label", strings.stage);
    byId("faces").setAttribute("aria-label", strings.face);
    this.progress(0, 0);
  }

  progress(loaded: number, total: number): void {
    const { loading, starting } = this.strings;
    byId("loading").hidden = false;
    byId<HTMLProgressElement>("progress").value = total ? Math.min(1, loaded / total) : 0;
    const done = total > 0 && loaded >= total;
    byId("loading-text").textContent =
      total && !done ? `${loading} ${megabytes(loaded)} / ${megabytes(total)}` : starting;
  }

  ready(message: ToWindow & { kind: "ready" }): void {
    byId("loading").hidden = true;
    this.bars.prepare(message.heads);
    byId("backend").textContent = message.backend;
    byId("unproven").hidden = message.model.proven;
    byId("facts").textContent = this.facts(message.model, message.attempts);
    this.choice(message.models, message.model.name);
  }

  result(result: FrameResult, chosen: number): void {
    const face = result.faces[chosen];
    byId("meter").dataset["tensors"] = String(result.tensors);
    this.faces.show(result.faces.length, chosen);
    if (face) this.face(face, result.faces.length);
    else this.idle(this.strings.noFace);
  }

  idle(text: string): void {
    this.bars.idle();
    this.faces.show(0, 0);
    this.verdict(text, "", true);
  }

  meter(frame_ms: number | null, perSecond: number | null, drops: number | null): void {
    byId("frame-ms").textContent = frame_ms?.toFixed(1) ?? "–";
    byId("rate").textContent = perSecond?.toFixed(0) ?? "–";
    byId("drops").textContent = drops?.toString() ?? "–";
    byId("meter").classList.toggle("still", frame_ms !== null && perSecond === null);
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

  private facts({ name, variant, figures }: ModelEntry, attempts: readonly Attempt[]): string {
    const { strings } = this;
    const drift = figures.max_relative_drift.toExponential(1);
    return [
      name,
      `${strings.variant} ${variant}`,
      `${strings.drift} ${drift}`,
      `${strings.size} ${megabytes(figures.bytes)}`,
      ...attempts.flatMap(({ name, problem }) => (problem ? [`${name}: ${problem}`] : [])),
    ].join(" · ");
  }

  private choice(models: readonly string[], chosen: string): void {
    byId("model-choice").hidden = models.length < 2;
    const select = byId<HTMLSelectElement>("model");
    select.replaceChildren(...models.map((name) => new Option(name, name, false, name === chosen)));
  }
}

function megabytes(bytes: number): string {
  return bytes < 100_000 ? `${Math.ceil(bytes / 1000)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}
