import { expect, test } from "vitest";
import type { About, BackendName } from "../../lib";
import { chain, linkName, provenOn } from "./link_name";
import { ABOUT_WORDS } from "./words";

type Variant = About["shipped"] | null;

function link(name: string, variant: Variant = null, backend: BackendName | null = null) {
  return { name, variant, backend, crops: 8, figures: [] };
}

const LINKS = [
  link("ONNX"),
  link("SavedModel"),
  link("f32 on simd", "f32", "simd"),
  link("u8 on simd", "u8", "simd"),
  link("u8 on webgl beside simd", "u8", "webgl"),
];
const SEQUENCE = [link("sequence ONNX"), link("sequence on simd", null, "simd")];
const ABOUT = { links: [...LINKS, ...SEQUENCE], shipped: "u8" } as unknown as About;

test("the chain ends with what is served, and leaves out what only stands beside it", () => {
  expect(chain(ABOUT).map(({ name }) => name)).toEqual(["ONNX", "SavedModel", "u8 on simd"]);
});

test("proven is a backend on which the served weights ran", () => {
  expect(provenOn(ABOUT)).toEqual(["simd", "webgl"]);
  expect(provenOn({ ...ABOUT, shipped: "mixed" })).toEqual([]);
});

test("a step that was put beside WebAssembly says so", () => {
  expect(LINKS.map((each) => linkName(each, ABOUT_WORDS.en))).toEqual([
    "ONNX",
    "TensorFlow (SavedModel)",
    "f32 on WebAssembly SIMD",
    "u8 on WebAssembly SIMD",
    "u8 on TF.js WebGL, beside WebAssembly SIMD",
  ]);
});

test("the steps of a sequence head are told as such", () => {
  expect(SEQUENCE.map((each) => linkName(each, ABOUT_WORDS.en))).toEqual([
    "Sequence head: ONNX",
    "Sequence head on WebAssembly SIMD",
  ]);
});

test("a step outside a browser goes by the export's own name", () => {
  expect(linkName(link("u8 in TensorFlow", "u8"), ABOUT_WORDS.ko)).toBe("u8 in TensorFlow");
});
