import { h } from "../dom";

export interface Switch {
  readonly root: HTMLElement;
  readonly input: HTMLInputElement;
}

/** Something to turn on and off. */
export function makeSwitch(text: string, on: boolean, change: (on: boolean) => void): Switch {
  const input = h("input", { type: "checkbox", role: "switch", checked: on });
  input.addEventListener("change", () => change(input.checked));
  return { root: h("label", { class: "switch" }, input, h("span", {}, text)), input };
}
