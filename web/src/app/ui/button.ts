import { h } from "../dom";
import { type IconName, icon } from "./icon";

/** A button with a picture and a word. */
export function button(
  name: IconName,
  text: string,
  press: () => void,
  properties: Readonly<Record<string, string | boolean>> = {},
): HTMLButtonElement {
  return h(
    "button",
    { type: "button", onclick: press, ...properties },
    icon(name),
    h("span", {}, text),
  );
}
