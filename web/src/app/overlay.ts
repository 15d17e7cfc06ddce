import type { Box, Size } from "../core/geometry";
import type { Face, FrameResult, HeadAnswer } from "../core/messages";
import { byId } from "./dom";
import { type Area, firstFree, placesAt } from "./place_label";
import { labelName, type Strings } from "./strings";

const FONT_PX = 15;
const PAD_PX = 8;
const HEIGHT_PX = FONT_PX + PAD_PX + 3;
const RADIUS_PX = 10;
/** How much wider than its box the label of a face that is not chosen may be. */
const CROWDED = 1.4;

interface Label {
  readonly text: string;
  readonly area: Area;
}

/** Draws the faces of a result over the picture that it belongs to. */
export class Overlay {
  private readonly context: CanvasRenderingContext2D;

  constructor(
    private readonly canvas: HTMLCanvasElement,
    private readonly strings: Strings,
  ) {
    this.context = canvas.getContext("2d") as CanvasRenderingContext2D;
  }

  clear(): void {
    this.context.setTransform(1, 0, 0, 1, 0, 0);
    this.context.clearRect(0, 0, this.canvas.width, this.canvas.height);
  }

  /** The chosen face takes its label's place first and is drawn last. */
  draw(result: FrameResult, chosen: number, mirrored: boolean): void {
    const stage = { width: this.canvas.clientWidth, height: this.canvas.clientHeight };
    this.fit(stage);
    const scale = stage.width / result.width;
    const boxes = result.faces.map(({ box }) => scaled(box, scale, mirrored ? result.width : null));
    const taken: Area[] = [this.stopButton()];
    const drawings = chosenFirst(boxes.length, chosen).map((i) => {
      const box = boxes[i] as Area;
      const room = i === chosen ? stage.width - PAD_PX : box.width * CROWDED;
      const label = this.label(this.texts(result.faces, i, room), box, stage, [
        ...taken,
        ...boxes.filter((other) => other !== box),
      ]);
      if (label) taken.push(label.area);
      return () => this.face(box, label, i === chosen ? "--box-leading" : "--box");
    });
    for (const draw of drawings.reverse()) draw();
  }

  private fit({ width, height }: Size): void {
    const ratio = devicePixelRatio;
    this.canvas.width = Math.round(width * ratio);
    this.canvas.height = Math.round(height * ratio);
    this.context.setTransform(ratio, 0, 0, ratio, 0, 0);
    this.context.font = `600 ${FONT_PX}px ${getComputedStyle(this.canvas).fontFamily}`;
  }

  private stopButton(): Area {
    const stage = this.canvas.getBoundingClientRect();
    const { x, y, width, height } = byId("stop").getBoundingClientRect();
    return { x: x - stage.x, y: y - stage.y, width, height };
  }

  /** The longest text that has room, where it has room. */
  private label(texts: string[], box: Area, stage: Size, taken: Area[]): Label | undefined {
    const candidates = texts.flatMap((text) =>
      placesAt(box, { width: this.width(text), height: HEIGHT_PX }, stage).map((area) => ({
        text,
        area,
      })),
    );
    return firstFree(candidates, taken);
  }

  /** The longest first. In a crowd each face has a number, and only its first head is told. */
  private texts(faces: readonly Face[], index: number, room: number): string[] {
    const said = (faces[index] as Face).heads.map((head) => this.answer(head));
    const [first = ""] = said;
    if (faces.length === 1) return [...this.fitting(said.join(" · "), room), this.cut(first, room)];
    const number = String(index + 1);
    return [...this.fitting(`${number}  ${first}`, room), number];
  }

  private answer({ uncertain, labels, best, probabilities }: HeadAnswer): string {
    if (uncertain) return this.strings.uncertain;
    const percent = Math.round((probabilities[best] as number) * 100);
    return `${labelName(labels[best] as string, this.strings)} ${percent}%`;
  }

  private fitting(text: string, room: number): string[] {
    return this.width(text) <= room ? [text] : [];
  }

  private cut(text: string, room: number): string {
    if (this.width(text) <= room) return text;
    let kept = text;
    while (kept && this.width(`${kept}…`) > room) kept = kept.slice(0, -1);
    return `${kept.trimEnd()}…`;
  }

  private width(text: string): number {
    return this.context.measureText(text).width + 2 * PAD_PX;
  }

  private face(box: Area, label: Label | undefined, name: string): void {
    const colours = getComputedStyle(this.canvas);
    const colour = colours.getPropertyValue(name);
    this.frame(box, colour);
    if (label) this.write(label, colour, colours.getPropertyValue("--box-ink"));
  }

  private frame(box: Area, colour: string): void {
    const { context } = this;
    context.lineWidth = 2.5;
    context.strokeStyle = colour;
    context.shadowColor = "rgb(0 0 0 / 45%)";
    context.shadowBlur = 6;
    context.beginPath();
    context.roundRect(box.x, box.y, box.width, box.height, RADIUS_PX);
    context.stroke();
    context.shadowBlur = 0;
  }

  private write({ text, area }: Label, colour: string, ink: string): void {
    const { context } = this;
    context.fillStyle = colour;
    context.beginPath();
    context.roundRect(area.x, area.y, area.width, area.height, area.height / 2);
    context.fill();
    context.fillStyle = ink;
    context.textBaseline = "middle";
    context.fillText(text, area.x + PAD_PX, area.y + area.height / 2 + 1);
  }
}

function chosenFirst(count: number, chosen: number): number[] {
  const all = Array.from({ length: count }, (_, i) => i);
  return all.sort((a, b) => Number(b === chosen) - Number(a === chosen));
}

function scaled(box: Box, scale: number, mirrorWidth: number | null): Area {
  const x = mirrorWidth === null ? box.x : mirrorWidth - box.x - box.width;
  return { x: x * scale, y: box.y * scale, width: box.width * scale, height: box.height * scale };
}
