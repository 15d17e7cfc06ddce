const SPACE = "http://www.w3.org/2000/svg";
const SIZE = 120;
const RADIUS = 52;

/** A ring that is as full as its value, from 0 to 1. */
export class Gauge {
  readonly root = element("svg", {
    viewBox: `0 0 ${SIZE} ${SIZE}`,
    class: "compare-gauge",
    "aria-hidden": "true",
  });
  private readonly arc = circle("compare-gauge-arc");

  constructor() {
    this.arc.setAttribute("pathLength", "1");
    this.root.append(circle("compare-gauge-track"), this.arc);
    this.show(0);
  }

  show(value: number): void {
    // A round end would leave a dot where there is nothing.
    this.arc.classList.toggle("gone", value < 0.005);
    this.arc.setAttribute("stroke-dasharray", `${value.toFixed(4)} 1`);
  }
}

function circle(name: string): SVGElement {
  const middle = SIZE / 2;
  return element("circle", { cx: middle, cy: middle, r: RADIUS, class: name });
}

function element(tag: string, attributes: Readonly<Record<string, string | number>>): SVGElement {
  const made = document.createElementNS(SPACE, tag) as SVGElement;
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, String(value));
  return made;
}
