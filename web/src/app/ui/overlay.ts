import {
  type Box,
  type Face,
  type FrameResult,
  type HeadAnswer,
  mainHead,
  type Size,
} from "../../lib";
import { labelName } from "../names";
import type { Words } from "../words";
import { besides } from "./besides";
import { colourOf } from "./colours";
import { type Area, firstFree, placesAt } from "./place_label";

const FONT_PX = 15;
const PAD_PX = 9;
const HEIGHT_PX = 28;
const SMALL_PX = 13;
/** How much higher a label is with a line beneath its first. */
const UNDER_PX = 18;
const RADIUS_PX = 10;
const BAR_PX = 4;
const BAR_GAP_PX = 2;
const BAR_HEIGHT_PX = 14;
/** Of more labels the first: the panel beside the stage has them all. */
const MOST_BARS = 7;
/** How much wider than its box the label of a face that is not chosen may be. */
const CROWDED = 1.4;
/** Legible on every picture, light and dark. */
const GLASS = "rgb(14 17 22 / 78%)";
const ON_GLASS = "#ffffff";
const SOFT_ON_GLASS = "#d5dae2";

interface Text {
  readonly text: string;
  /** In a line of its own; empty for none. */
  readonly under: string;
  /** How many bars stand behind the words, one a label. */
  readonly bars: number;
}

interface Label extends Text {
  readonly area: Area;
}

/** Draws the faces of a result over the picture that it belongs to. */
export class Overlay {
  private readonly context: CanvasRenderingContext2D;
  private family = "";
  /** Ids in the order of their numbers; null numbers the faces of each result by themselves. */
  order: readonly number[] | null = null;

  constructor(
    readonly canvas: HTMLCanvasElement,
    private readonly words: Words,
  ) {
    this.context = canvas.getContext("2d") as CanvasRenderingContext2D;
  }

  clear(): void {
    this.context.setTransform(1, 0, 0, 1, 0, 0);
    this.context.clearRect(0, 0, this.canvas.width, this.canvas.height);
  }

  /** Faces are numbered in their order; the chosen one takes its label's place first and is drawn last. */
  draw(result: FrameResult, chosen: number, mirrored: boolean): void {
    const stage = { width: this.canvas.clientWidth, height: this.canvas.clientHeight };
    this.fit(stage);
    const scale = stage.width / result.width;
    const boxes = result.faces.map(({ box }) => scaled(box, scale, mirrored ? result.width : null));
    const taken: Area[] = [];
    const drawings = chosenFirst(result.faces, chosen).map((i) => {
      const box = boxes[i] as Area;
      const leads = result.faces[i]?.id === chosen;
      const others = boxes.filter((other) => other !== box);
      const texts = this.texts(result.faces, i, leads ? stage.width - PAD_PX : box.width * CROWDED);
      const label = this.label(texts, box, stage, [...taken, ...others]);
      if (label) taken.push(label.area);
      return () => this.face(result.faces[i] as Face, box, label, leads);
    });
    for (const draw of drawings.reverse()) draw();
  }

  /** Empties the canvas, too; a new size alone costs a new picture in memory. */
  private fit(stage: Size): void {
    const ratio = devicePixelRatio;
    const [width, height] = [stage.width, stage.height].map((side) => Math.round(side * ratio));
    this.clear();
    if (this.canvas.width !== width) this.canvas.width = width as number;
    if (this.canvas.height !== height) this.canvas.height = height as number;
    this.context.setTransform(ratio, 0, 0, ratio, 0, 0);
    this.family = getComputedStyle(this.canvas).fontFamily;
  }

  /** The longest text that has room, where it has room. */
  private label(texts: Text[], box: Area, stage: Size, taken: Area[]): Label | undefined {
    const count = texts.length;
    const candidates = texts.flatMap((text, i) => {
      const size = { width: this.width(text), height: heightOf(text) };
      const places = placesAt(box, size, stage).map((area) => ({ ...text, area }));
      // Only the shortest may stand where it touches another.
      return i < count - 1 ? places.slice(0, -1) : places;
    });
    return firstFree(candidates, taken);
  }

  /** The longest first. In a crowd each face has a number, and where there is no room only that. */
  private texts(faces: readonly Face[], index: number, room: number): Text[] {
    const { heads, id } = faces[index] as Face;
    const main = heads[mainHead(heads)];
    const first = main ? this.answer(main) : "";
    const place = this.order?.indexOf(id) ?? index;
    const alone = (this.order ?? faces).length === 1 || place < 0;
    const text = alone ? first : `${place + 1}  ${first}`;
    const others = besides(heads, this.words).join(" · ");
    const unders = others ? [others, ""] : [""];
    const bars = main && !main.unfamiliar ? Math.min(MOST_BARS, main.labels.length) : 0;
    const wishes: Text[] = unders.flatMap((under) => [
      { text, under, bars },
      { text, under, bars: 0 },
    ]);
    const last = { text: alone ? first : String(place + 1), under: "", bars: 0 };
    return [...wishes.filter((wish) => this.width(wish) <= room), last];
  }

  private answer({ name, unfamiliar, uncertain, labels, best, probabilities }: HeadAnswer): string {
    if (unfamiliar) return this.words.unfamiliar;
    if (uncertain) return this.words.uncertain;
    const percent = Math.round((probabilities[best] as number) * 100);
    return `${labelName(labels[best] as string, name, this.words)} ${percent}%`;
  }

  private width({ text, under, bars }: Text): number {
    this.font(FONT_PX);
    const first = this.context.measureText(text).width + 2 * PAD_PX;
    const whole = bars ? first + PAD_PX + bars * (BAR_PX + BAR_GAP_PX) : first;
    if (!under) return whole;
    this.font(SMALL_PX);
    return Math.max(whole, this.context.measureText(under).width + 2 * PAD_PX);
  }

  private font(size: number): void {
    this.context.font = `600 ${size}px ${this.family}`;
  }

  private face(face: Face, box: Area, label: Label | undefined, leads: boolean): void {
    const colours = getComputedStyle(this.canvas);
    this.frame(box, colours.getPropertyValue(leads ? "--box-leading" : "--box"));
    if (label) this.write(label, face.heads[mainHead(face.heads)]);
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

  private write({ text, under, area, bars }: Label, head: HeadAnswer | undefined): void {
    const { context } = this;
    context.fillStyle = GLASS;
    context.beginPath();
    context.roundRect(area.x, area.y, area.width, area.height, HEIGHT_PX / 2);
    context.fill();
    context.fillStyle = ON_GLASS;
    context.textBaseline = "middle";
    this.font(FONT_PX);
    context.fillText(text, area.x + PAD_PX, area.y + HEIGHT_PX / 2 + 1);
    const behind = area.x + context.measureText(text).width + 2 * PAD_PX;
    if (head) this.bars(head, bars, behind, area.y);
    if (!under) return;
    this.font(SMALL_PX);
    context.fillStyle = SOFT_ON_GLASS;
    context.fillText(under, area.x + PAD_PX, area.y + HEIGHT_PX / 2 + UNDER_PX);
  }

  private bars({ probabilities, labels }: HeadAnswer, count: number, left: number, top: number) {
    const { context } = this;
    const shown = probabilities.slice(0, count);
    let x = left;
    const bottom = top + (HEIGHT_PX + BAR_HEIGHT_PX) / 2;
    for (const [i, probability] of shown.entries()) {
      const height = Math.max(2, probability * BAR_HEIGHT_PX);
      context.fillStyle = colourOf(labels[i] as string, i);
      context.beginPath();
      context.roundRect(x, bottom - height, BAR_PX, height, 1.5);
      context.fill();
      x += BAR_PX + BAR_GAP_PX;
    }
  }
}

function heightOf({ under }: Text): number {
  return under ? HEIGHT_PX + UNDER_PX : HEIGHT_PX;
}

function chosenFirst(faces: readonly Face[], chosen: number): number[] {
  const all = faces.map((_, i) => i);
  return all.sort((a, b) => Number(faces[b]?.id === chosen) - Number(faces[a]?.id === chosen));
}

function scaled(box: Box, scale: number, mirrorWidth: number | null): Area {
  const x = mirrorWidth === null ? box.x : mirrorWidth - box.x - box.width;
  return { x: x * scale, y: box.y * scale, width: box.width * scale, height: box.height * scale };
}
