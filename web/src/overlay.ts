import type { Box } from "./geometry";
import type { Face, FrameResult } from "./messages";
import { labelName, type Strings } from "./strings";

const FONT_PX = 15;
const PAD_PX = 8;
const RADIUS_PX = 10;
/** How much wider than its box a label may be. */
const CROWDED = 1.1;

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

  /** The chosen face is drawn last, so that nothing lies over it. */
  draw(result: FrameResult, chosen: number, mirrored: boolean): void {
    this.fit(this.canvas.clientWidth, this.canvas.clientHeight);
    result.faces.forEach((_, i) => {
      if (i !== chosen) this.face(result, i, mirrored, "--box");
    });
    this.face(result, chosen, mirrored, "--box-leading");
  }

  private face(result: FrameResult, index: number, mirrored: boolean, colour: string): void {
    const face = result.faces[index];
    if (!face) return;
    const scale = this.canvas.clientWidth / result.width;
    const box = scaled(face.box, scale, mirrored ? result.width : null);
    const colours = getComputedStyle(this.canvas);
    this.frame(box, colours.getPropertyValue(colour));
    this.context.fillStyle = colours.getPropertyValue(colour);
    this.label(
      box,
      this.caption(result, index, box.width, colour === "--box"),
      colours.getPropertyValue("--box-ink"),
    );
  }

  private fit(width: number, height: number): void {
    const ratio = devicePixelRatio;
    this.canvas.width = Math.round(width * ratio);
    this.canvas.height = Math.round(height * ratio);
    this.context.setTransform(ratio, 0, 0, ratio, 0, 0);
  }

  private frame(box: Box, colour: string): void {
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

  private label(box: Box, text: string, ink: string): void {
    const { context, canvas } = this;
    context.font = this.font();
    const width = context.measureText(text).width + 2 * PAD_PX;
    const height = FONT_PX + PAD_PX + 3;
    const x = Math.min(Math.max(box.x, 2), Math.max(2, canvas.clientWidth - width - 2));
    const above = box.y - height - 5;
    const y = above >= 2 ? above : Math.max(2, box.y + 5);
    context.beginPath();
    context.roundRect(x, y, width, height, height / 2);
    context.fill();
    context.fillStyle = ink;
    context.textBaseline = "middle";
    context.fillText(text, x + PAD_PX, y + height / 2 + 1);
  }

  /** In a crowd only the chosen face says it all; the others need room for that. */
  private caption(result: FrameResult, index: number, width: number, brief: boolean): string {
    const text = this.text(result.faces[index] as Face);
    if (result.faces.length === 1) return text;
    this.context.font = this.font();
    const fits = !brief || this.context.measureText(text).width < width * CROWDED;
    return fits ? `${index + 1}  ${text}` : `${index + 1}`;
  }

  private font(): string {
    return `600 ${FONT_PX}px ${getComputedStyle(this.canvas).fontFamily}`;
  }

  private text(face: Face): string {
    const said = face.heads.map((head) => {
      if (head.uncertain) return this.strings.uncertain;
      const percent = Math.round((head.probabilities[head.best] as number) * 100);
      return `${labelName(head.labels[head.best] as string, this.strings)} ${percent}%`;
    });
    return said.join(" · ");
  }
}

function scaled(box: Box, scale: number, mirrorWidth: number | null): Box {
  const x = mirrorWidth === null ? box.x : mirrorWidth - box.x - box.width;
  return {
    x: x * scale,
    y: box.y * scale,
    width: box.width * scale,
    height: box.height * scale,
    score: box.score,
  };
}
