import { h } from "../dom";
import { colourName } from "./colours";

interface Entry {
  readonly root: HTMLButtonElement;
  readonly value: HTMLElement;
}

/** A button for each curve: its colour, its name and its value at the cursor. */
export class CurvesLegend {
  readonly root: HTMLElement;
  private readonly entries: readonly Entry[];

  constructor(
    labels: readonly string[],
    names: readonly string[],
    group: string,
    toggle: (index: number, shown: boolean) => void,
  ) {
    this.entries = labels.map((label, i) => entry(label, names[i] ?? label, i, toggle));
    const buttons = this.entries.map(({ root }) => root);
    this.root = h(
      "div",
      { class: "curves-legend", role: "group", "aria-label": group },
      ...buttons,
    );
  }

  /** The values at the cursor; null where there is no face or no cursor. */
  show(values: readonly string[] | null): void {
    this.entries.forEach(({ value }, i) => {
      const text = values?.[i] ?? "";
      if (value.textContent !== text) value.textContent = text;
    });
  }
}

function entry(
  label: string,
  name: string,
  index: number,
  toggle: (index: number, shown: boolean) => void,
): Entry {
  const swatch = h("span", { class: "curves-swatch" });
  swatch.style.setProperty("--colour", `var(${colourName(label, index)})`);
  const value = h("span", { class: "curves-value figures" });
  const press = () => {
    const shown = root.ariaPressed !== "true";
    root.ariaPressed = String(shown);
    toggle(index, shown);
  };
  const root = h(
    "button",
    { type: "button", "aria-pressed": "true", onclick: press },
    swatch,
    h("span", {}, name),
    value,
  );
  return { root, value };
}
