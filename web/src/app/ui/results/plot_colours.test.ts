import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { LIGHT } from "./plot_colours";

test("a plot has the colours of the light page", () => {
  const css = readFileSync("src/app/style/base.css", "utf-8");
  const [light = ""] = css.split("@media");
  for (const [name, colour] of Object.entries(LIGHT))
    expect(light).toContain(`${name}: ${colour};`);
});
