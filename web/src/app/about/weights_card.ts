import type { About } from "../../lib";
import { h } from "../dom";
import type { Words } from "../words";
import { bar, part } from "./parts";
import { table } from "./table";
import type { AboutWords } from "./words";

/** Each type of weights: its bytes, and what became of it. */
export function weightsCard(about: About, words: AboutWords, shared: Words): HTMLElement {
  const most = Math.max(...about.variants.map(({ brotli_bytes }) => brotli_bytes));
  const number = (value: number) => value.toLocaleString(shared.code);
  return part(
    4,
    words.weights,
    table({
      label: words.weights,
      titles: [words.variant, words.bytes, words.brotli, "", words.outcome],
      rows: about.variants.map(({ name, bytes, brotli_bytes, outcome }) => [
        name,
        number(bytes),
        number(brotli_bytes),
        bar(brotli_bytes / most, name === about.shipped ? "--accent" : "--bar"),
        h(
          "span",
          { class: `about-${outcome === "shipped" ? "served" : "other"}` },
          words.outcomes[outcome],
        ),
      ]),
    }),
  );
}
