import { drawPlot } from "./draw_plot";
import { FONT, type Plot, type Shape } from "./plot";

const SCALE = 2;

/** The same picture as `toSvg`, twice as large in pixels. */
export async function toPng(plot: Plot): Promise<Blob> {
  const { width, height, ground, shapes } = drawPlot(plot);
  const canvas = new OffscreenCanvas(width * SCALE, height * SCALE);
  const context = canvas.getContext("2d") as OffscreenCanvasRenderingContext2D;
  context.scale(SCALE, SCALE);
  context.fillStyle = ground;
  context.fillRect(0, 0, width, height);
  context.lineJoin = "round";
  for (const shape of shapes) draw(context, shape);
  return canvas.convertToBlob({ type: "image/png" });
}

function draw(context: OffscreenCanvasRenderingContext2D, shape: Shape): void {
  switch (shape.kind) {
    case "path":
      context.strokeStyle = shape.stroke;
      context.lineWidth = shape.width;
      context.stroke(new Path2D(shape.d));
      break;
    case "dot":
      context.fillStyle = shape.fill;
      context.beginPath();
      context.arc(shape.x, shape.y, shape.radius, 0, 2 * Math.PI);
      context.fill();
      break;
    case "text":
      context.font = `${shape.weight} ${shape.size}px ${FONT}`;
      context.fillStyle = shape.fill;
      context.textAlign = shape.anchor === "middle" ? "center" : shape.anchor;
      context.fillText(shape.text, shape.x, shape.y);
  }
}
