import type { About } from "../../lib";
import { h } from "../dom";
import type { Words } from "../words";
import { sizeText, tiny } from "./figures";
import { part } from "./parts";
import { table } from "./table";
import type { AboutWords } from "./words";

/** The net that finds the faces, which every model shares. */
export function detectorCard({ detector }: About, words: AboutWords, shared: Words): HTMLElement {
  const { variant, brotli_bytes, links, operators, proven } = detector;
  const counts = Object.entries(operators).map(([name, count]) => `${count} ${name}`);
  return part(
    4,
    words.detector,
    proven ? null : h("p", { class: "about-warning" }, shared.unproven),
    h("p", {}, words.detectorLead(variant, sizeText(brotli_bytes))),
    table({
      label: words.detector,
      titles: [words.link, words.measured, words.allowed],
      rows: links.map(({ name, measured, allowed }) => [
        name.replace("detector, ", ""),
        tiny(measured),
        tiny(allowed),
      ]),
    }),
    h("p", { class: "soft about-note", lang: "en" }, counts.join(", ")),
  );
}
