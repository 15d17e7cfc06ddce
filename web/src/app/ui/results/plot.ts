import type { Series } from "../curves_chart_data";

/** What a picture of curves shows. */
export interface Plot {
  readonly title: string;
  /** Under the title, smaller. */
  readonly more: string;
  /** As the model names them, for their colours. */
  readonly labels: readonly string[];
  readonly names: readonly string[];
  readonly times_s: readonly number[];
  readonly series: readonly Series[];
}

export interface PathShape {
  readonly kind: "path";
  /** As SVG and `Path2D` both take it. */
  readonly d: string;
  readonly stroke: string;
  readonly width: number;
}

export interface TextShape {
  readonly kind: "text";
  readonly x: number;
  readonly y: number;
  readonly text: string;
  readonly anchor: "start" | "middle" | "end";
  readonly size: number;
  readonly weight: 400 | 650;
  readonly fill: string;
}

export interface DotShape {
  readonly kind: "dot";
  readonly x: number;
  readonly y: number;
  readonly radius: number;
  readonly fill: string;
}

export type Shape = PathShape | TextShape | DotShape;

/** What to draw, whether into a file or on a canvas. */
export interface Drawing {
  readonly width: number;
  readonly height: number;
  readonly ground: string;
  readonly shapes: readonly Shape[];
}

export const FONT =
  "system-ui, -apple-system, 'Segoe UI', Roboto, 'Apple SD Gothic Neo', 'Malgun Gothic', " +
  "'Noto Sans', 'Noto Sans CJK KR', sans-serif";
