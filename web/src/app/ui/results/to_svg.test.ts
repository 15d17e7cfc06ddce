import { expect, test } from "vitest";
import type { Plot } from "./plot";
import { toSvg } from "./to_svg";

const PLOT: Plot = {
  title: "웃음 <1> & more",
  more: "slim",
  labels: ["happy", "sad"],
  names: ["기쁨", "슬픔"],
  times_s: [0, 1, 2, 3],
  series: [
    [0.5, null, 1, 0],
    [null, null, null, null],
  ],
};

test("names are escaped and Korean stays Korean", () => {
  const svg = toSvg(PLOT);
  expect(svg).toContain("<title>웃음 &lt;1&gt; &amp; more</title>");
  expect(svg).toContain(">기쁨</text>");
});

test("characters that XML does not know are left out", () => {
  expect(toSvg({ ...PLOT, title: "a\u0000\ud800b" })).toContain("<title>ab</title>");
});

test("a curve is interrupted where there is no face, and left out where there never is one", () => {
  const curves = toSvg(PLOT).match(/<path d="[^"]+" fill="none" stroke="#(c98a00|2f78c4)"/g);
  expect(curves).toEqual([expect.stringContaining('d="M76 280M804 100L1168 460"')]);
});

test("it asks for nothing from elsewhere", () => {
  expect(toSvg(PLOT).match(/https?:[^"]+/g)).toEqual(["http://www.w3.org/2000/svg"]);
});
