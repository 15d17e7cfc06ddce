import type { About } from "../../lib";
import type { AboutWords } from "./words";

type Link = About["links"][number];

/** A step's name in the reader's language. */
export function linkName({ name, variant, backend }: Link, words: AboutWords): string {
  if (name === "SavedModel") return "TensorFlow (SavedModel)";
  if (variant === null || backend === null) return name;
  const text = words.on(variant, words.backends[backend]);
  return name.endsWith("beside simd") ? words.beside(text) : text;
}

/** The steps from the net to what is served: ONNX, TensorFlow, and the graph in a browser. */
export function chain({ links, shipped }: About): Link[] {
  const before = links.filter(({ name }) => name === "ONNX" || name === "SavedModel");
  const served = links.find(({ variant, name }) => variant === shipped && !name.includes("beside"));
  return served ? [...before, served] : before;
}

/** The backends on which what is served gave the net's answers. */
export function provenOn({ links, shipped }: About): NonNullable<Link["backend"]>[] {
  const found = links.filter(({ variant }) => variant === shipped).map(({ backend }) => backend);
  return [...new Set(found.filter((backend) => backend !== null))];
}
