import { clock } from "../clock";
import type { Series } from "../curves_chart_data";
import type { Drawing, Plot, Shape, TextShape } from "./plot";
import { LIGHT, lightColour } from "./plot_colours";

const WIDTH = 1200;
const LEFT = 76;
const RIGHT = 1168;
const TOP = 100;
const BOTTOM = 460;
const LEGEND_Y = 528;
const LEGEND_ROW = 30;
const TEXT_SIZE = 16;
const TITLE_SIZE = 24;
const TICKS = 9;
const STEPS_S = [0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1200, 3600];

/** Curves with title, axes and legend, laid out for a file. */
export function drawPlot(plot: Plot): Drawing {
  const start_s = Math.min(0, plot.times_s[0] ?? 0);
  const end_s = Math.max(plot.times_s.at(-1) ?? 0, start_s + 0.1);
  const x = (time_s: number) => LEFT + ((time_s - start_s) / (end_s - start_s)) * (RIGHT - LEFT);
  const legend = legendOf(plot);
  const lines = plot.series.map((values, i) => ({
    kind: "path" as const,
    d: pathOf(plot.times_s, values, x),
    stroke: lightColour(plot.labels[i] ?? "", i),
    width: 2.5,
  }));
  const shapes = [...titles(plot), ...shares(), ...times(start_s, end_s, x), ...lines];
  return {
    width: WIDTH,
    height: LEGEND_Y + legend.rows * LEGEND_ROW,
    ground: LIGHT["--raised"] as string,
    shapes: [...shapes.filter(isSeen), ...legend.shapes],
  };
}

/** From face to face; a gap where there is none. */
function pathOf(times_s: readonly number[], values: Series, x: (time_s: number) => number): string {
  let isDrawing = false;
  const steps = values.map((value, i) => {
    if (value === null) {
      isDrawing = false;
      return "";
    }
    const step = `${isDrawing ? "L" : "M"}${tenths(x(times_s[i] as number))} ${tenths(y(value))}`;
    isDrawing = true;
    return step;
  });
  return steps.join("");
}

function titles({ title, more }: Plot): Shape[] {
  const ink = LIGHT["--ink"] as string;
  return [
    text(title, LEFT, 46, { size: TITLE_SIZE, weight: 650, fill: ink }),
    text(more, LEFT, 74, {}),
  ];
}

function shares(): Shape[] {
  return [0, 0.5, 1].flatMap((share) => [
    grid(`M${LEFT} ${y(share)}L${RIGHT} ${y(share)}`),
    text(`${share * 100}%`, LEFT - 12, y(share) + 6, { anchor: "end" }),
  ]);
}

function times(start_s: number, end_s: number, x: (time_s: number) => number): Shape[] {
  return ticks(start_s, end_s).flatMap((time_s) => [
    grid(`M${tenths(x(time_s))} ${BOTTOM}L${tenths(x(time_s))} ${BOTTOM + 6}`),
    text(clock(time_s), x(time_s), BOTTOM + 28, { anchor: "middle" }),
  ]);
}

/** Round times, at most nine. */
export function ticks(start_s: number, end_s: number): number[] {
  const step = STEPS_S.find((each) => (end_s - start_s) / each <= TICKS) ?? 7200;
  const first = Math.ceil(start_s / step - 1e-9);
  const count = Math.floor(end_s / step + 1e-9) - first + 1;
  return Array.from({ length: Math.max(0, count) }, (_, i) => (first + i) * step);
}

function legendOf({ labels, names }: Plot): { rows: number; shapes: Shape[] } {
  const shapes: Shape[] = [];
  let left = LEFT;
  let row = 0;
  names.forEach((name, i) => {
    const width = 20 + widthOf(name) + 26;
    if (left > LEFT && left + width > RIGHT) {
      left = LEFT;
      row++;
    }
    const middle = LEGEND_Y + row * LEGEND_ROW;
    const fill = lightColour(labels[i] ?? "", i);
    shapes.push({ kind: "dot", x: left + 6, y: middle - 5, radius: 6, fill });
    shapes.push(text(name, left + 20, middle, { fill: LIGHT["--ink"] as string }));
    left += width;
  });
  return { rows: row + 1, shapes };
}

/** About; whoever shows the file has fonts of their own. */
function widthOf(name: string): number {
  const wide = /[\u1100-\u11ff\u2e80-\ud7ff\uf900-\ufaff\uff00-\uff60]/;
  return [...name].reduce((sum, each) => sum + TEXT_SIZE * (wide.test(each) ? 1 : 0.58), 0);
}

function text(said: string, x: number, y: number, look: Partial<TextShape>): TextShape {
  const plain = { anchor: "start", size: TEXT_SIZE, weight: 400 } as const;
  const fill = LIGHT["--soft"] as string;
  return { kind: "text", text: said, x: Number(tenths(x)), y, ...plain, fill, ...look };
}

function grid(d: string): Shape {
  return { kind: "path", d, stroke: LIGHT["--line"] as string, width: 1 };
}

function isSeen(shape: Shape): boolean {
  return shape.kind !== "path" || shape.d !== "";
}

function y(share: number): number {
  return BOTTOM - share * (BOTTOM - TOP);
}

function tenths(value: number): string {
  return String(Math.round(value * 10) / 10);
}
