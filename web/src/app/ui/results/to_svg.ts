import { drawPlot } from "./draw_plot";
import { FONT, type Plot, type Shape } from "./plot";

/** The plot as a file of its own. */
export function toSvg(plot: Plot): string {
  const { width, height, ground, shapes } = drawPlot(plot);
  const size = `width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" ${size} role="img" font-family="${FONT}">`,
    `<title>${escaped(plot.title)}</title>`,
    `<rect width="${width}" height="${height}" fill="${ground}"/>`,
    ...shapes.map(element),
    "</svg>\n",
  ].join("\n");
}

function element(shape: Shape): string {
  switch (shape.kind) {
    case "path": {
      const { d, stroke, width } = shape;
      const line = `fill="none" stroke="${stroke}" stroke-width="${width}"`;
      return `<path d="${d}" ${line} stroke-linejoin="round"/>`;
    }
    case "dot":
      return `<circle cx="${shape.x}" cy="${shape.y}" r="${shape.radius}" fill="${shape.fill}"/>`;
    case "text": {
      const { x, y, anchor, size, weight, fill } = shape;
      const place = `x="${x}" y="${y}" text-anchor="${anchor}"`;
      const look = `font-size="${size}" font-weight="${weight}" fill="${fill}"`;
      return `<text ${place} ${look}>${escaped(shape.text)}</text>`;
    }
  }
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
};

/** As XML takes it; characters that it has no place for are left out. */
function escaped(text: string): string {
  const allowed = text.replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, "");
  return allowed.replace(/[&<>"]/g, (each) => ENTITIES[each] as string);
}
