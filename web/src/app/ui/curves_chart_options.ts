import type uPlot from "uplot";
import { clock } from "./clock";
import { colourOf } from "./colours";

const AXIS_PX = 28;
const PERCENT_PX = 44;
const TICK_SPACE_PX = 64;
const LINE_PX = 1.75;

export interface Look {
  readonly labels: readonly string[];
  readonly width: number;
  readonly height: number;
  /** From where to where the time axis goes, in seconds. */
  readonly range: () => [number, number];
  /** Seconds of a rolling window are told relative to its end. */
  readonly rolling: boolean;
  /** A second set of curves is drawn dashed. */
  readonly second: boolean;
  readonly font: string;
}

/** How uPlot draws the curves: no legend and no cursor of its own. */
export function plotOptions(look: Look, colours: () => Colours): uPlot.Options {
  const { labels, width, height, range } = look;
  const curve = (dashed: boolean) => (_label: string, i: number) => ({
    stroke: () => colours().curves[i] as string,
    width: LINE_PX,
    pxAlign: 0,
    points: { show: false },
    ...(dashed && { dash: [5, 4] }),
  });
  return {
    width,
    height,
    padding: [8, 6, 0, 0],
    legend: { show: false },
    cursor: { show: false },
    scales: { x: { time: false, range }, y: { range: [0, 1] } },
    axes: [timeAxis(look, colours), percentAxis(look, colours)],
    series: [{}, ...labels.map(curve(false)), ...(look.second ? labels.map(curve(true)) : [])],
  };
}

export interface Colours {
  readonly curves: readonly string[];
  readonly text: string;
  readonly line: string;
}

/** As they are now, light or dark. */
export function coloursOf(labels: readonly string[]): Colours {
  const page = getComputedStyle(document.documentElement);
  return {
    curves: labels.map(colourOf),
    text: page.getPropertyValue("--soft").trim(),
    line: page.getPropertyValue("--line").trim(),
  };
}

function timeAxis(look: Look, colours: () => Colours): uPlot.Axis {
  const since = ([, end]: [number, number], value: number) => Math.round(value - end);
  return {
    ...plain(look, colours),
    size: AXIS_PX,
    space: TICK_SPACE_PX,
    grid: { show: false },
    values: (_plot, splits) =>
      splits.map((value) =>
        look.rolling ? String(since(look.range(), value)).replace("-", "−") : clock(value),
      ),
    ...(look.rolling && { splits: () => fromEnd(look.range()) }),
  };
}

function percentAxis(look: Look, colours: () => Colours): uPlot.Axis {
  return {
    ...plain(look, colours),
    size: PERCENT_PX,
    splits: () => [0, 0.5, 1],
    values: (_plot, splits) => splits.map((value) => `${Math.round(value * 100)}%`),
    grid: { stroke: () => colours().line, width: 1 },
  };
}

function plain(look: Look, colours: () => Colours): uPlot.Axis {
  return {
    font: look.font,
    stroke: () => colours().text,
    ticks: { show: false },
    border: { show: false },
    gap: 6,
  };
}

/** Every ten seconds, counted from the window's end. */
function fromEnd([start, end]: [number, number]): number[] {
  const count = Math.floor((end - start) / 10);
  return Array.from({ length: count + 1 }, (_, i) => end - 10 * (count - i));
}
