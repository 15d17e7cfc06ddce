import { save } from "../download";
import type { Plot } from "./plot";
import type { ReadSource } from "./source";
import { toCsv } from "./to_csv";
import { toJson } from "./to_json";
import { toPng } from "./to_png";
import { toSvg } from "./to_svg";

export function saveCsv(sources: readonly ReadSource[]): void {
  save(new Blob([toCsv(sources)], { type: "text/csv;charset=utf-8" }), `${stem(sources)}.csv`);
}

export function saveJson(sources: readonly ReadSource[]): void {
  save(new Blob([toJson(sources)], { type: "application/json" }), `${stem(sources)}.json`);
}

/** The file's own name without its ending; several share one. */
export function stem(sources: readonly Pick<ReadSource, "source">[]): string {
  const [first] = sources;
  if (!first || sources.length > 1) return "facecast";
  return `${first.source.replace(/\.[^.]+$/, "")}-facecast`;
}

export function saveSvg(plot: Plot, name: string): void {
  save(new Blob([toSvg(plot)], { type: "image/svg+xml" }), `${stem([{ source: name }])}.svg`);
}

export async function savePng(plot: Plot, name: string): Promise<void> {
  save(await toPng(plot), `${stem([{ source: name }])}.png`);
}
