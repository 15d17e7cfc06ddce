import { expect, test } from "vitest";
import { type Blocks, fact, plain, section, shares } from "./card_parts";

const CARD: Blocks = [
  { kind: "heading", level: 1, text: ["slim"] },
  { kind: "list", ordered: false, items: [["Data: ", { text: "FER", href: "https://a.b" }, "."]] },
  { kind: "heading", level: 2, text: ["What it earned"] },
  { kind: "paragraph", text: ["Much."] },
  { kind: "heading", level: 3, text: ["Calibration"] },
  {
    kind: "table",
    head: [["label"], ["pictures"], ["F1"]],
    rows: [
      [["angry"], ["467"], ["62.5%"]],
      [["fear"], ["0"], ["–"]],
    ],
  },
  { kind: "heading", level: 2, text: ["Use and limits"] },
  { kind: "code", text: "x" },
];

test("a section ends at the next heading of its rank, not at one below", () => {
  const kinds = section(CARD, "What it earned").map(({ kind }) => kind);
  expect(kinds).toEqual(["paragraph", "heading", "table"]);
});

test("the last section reaches to the end, and an unknown one is empty", () => {
  expect(section(CARD, "Use and limits")).toEqual([{ kind: "code", text: "x" }]);
  expect(section(CARD, "Praise")).toEqual([]);
});

test("a fact is what follows its name, links and all", () => {
  expect(fact(CARD, "Data")).toBe("FER.");
  expect(fact(CARD, "Licence")).toBeNull();
});

test("a column's percentages go by their labels; what was not measured or is of others is left out", () => {
  expect([...shares(CARD, "F1", ["angry", "fear"])]).toEqual([["angry", 0.625]]);
  expect(shares(CARD, "precision", ["angry"]).size).toBe(0);
  expect(shares(CARD, "F1", ["male"]).size).toBe(0);
});

test("plain words are kept as they are", () => {
  expect(plain(["a ", { text: "b", href: "c" }])).toBe("a b");
});
