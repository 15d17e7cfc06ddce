const SPACE = "http://www.w3.org/2000/svg";

/** The same as in `favicon.svg`, which as an image would be a document of its own, fetched and laid out. */
const SHAPES: readonly (readonly [string, Readonly<Record<string, string>>])[] = [
  ["rect", { width: "32", height: "32", rx: "9", fill: "#3f6fd8" }],
  [
    "path",
    {
      d: "M8 12V10a2 2 0 0 1 2-2h2M20 8h2a2 2 0 0 1 2 2v2M24 20v2a2 2 0 0 1-2 2h-2M12 24h-2a2 2 0 0 1-2-2v-2M12.5 18.5c2 2.2 5 2.2 7 0",
      fill: "none",
      stroke: "#fff",
      "stroke-width": "2.4",
      "stroke-linecap": "round",
    },
  ],
  ["circle", { cx: "13", cy: "14", r: "1.5", fill: "#fff" }],
  ["circle", { cx: "19", cy: "14", r: "1.5", fill: "#fff" }],
];

/** The face beside the page's name. */
export function brandMark(size: number): SVGElement {
  const mark = made("svg", { viewBox: "0 0 32 32", width: `${size}`, height: `${size}` });
  mark.setAttribute("aria-hidden", "true");
  mark.append(...SHAPES.map(([tag, attributes]) => made(tag, attributes)));
  return mark;
}

function made(tag: string, attributes: Readonly<Record<string, string>>): SVGElement {
  const element = document.createElementNS(SPACE, tag) as SVGElement;
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  return element;
}
