import { expect, test } from "vitest";
import { DEFAULTS, score } from "../../score";
import { comparedJson } from "./compared_json";
import type { Film } from "./film";

test("the file begins with the fields of the command, in its order, and holds both curves", () => {
  const curves = {
    labels: ["happy", "sad"],
    times_s: [0, 1, 2, 3],
    probabilities: [[0.9, 0.1], null, [0.2, 0.8], [0.5, 0.5]],
    uncertain: [false, false, false, true],
  };
  const film = { name: "Take 1", model: "emotion-slim" } as Film;
  const found = score(curves, curves);
  const text = comparedJson({
    reference: film,
    take: film,
    curves: { reference: curves, take: curves },
    head: "emotion",
    options: DEFAULTS,
    score: found,
  });
  const read = JSON.parse(text);
  const fields = ["score", "certainty", "offset_s", "emotions", "seconds", "path"];
  expect(Object.keys(read).slice(0, 6)).toEqual(fields);
  expect(read).toMatchObject({ ...found, take: curves, model: "emotion-slim" });
});
