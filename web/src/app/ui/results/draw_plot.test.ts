import { expect, test } from "vitest";
import { drawPlot, ticks } from "./draw_plot";

test.each([
  [0, 3, [0, 0.5, 1, 1.5, 2, 2.5, 3]],
  [0, 19.7, [0, 5, 10, 15]],
  [1.5, 9, [2, 3, 4, 5, 6, 7, 8, 9]],
])("from %f to %f s the axis tells round times", (start_s, end_s, expected) => {
  expect(ticks(start_s, end_s)).toEqual(expected);
});

test("many labels take a second row, and the picture grows with it", () => {
  const plot = (count: number) => {
    const names = Array.from({ length: count }, (_, i) => `a rather long label ${i}`);
    const series = names.map(() => [0.5]);
    return drawPlot({ title: "", more: "", labels: names, names, times_s: [0], series });
  };
  expect(plot(12).height).toBeGreaterThan(plot(3).height);
});
