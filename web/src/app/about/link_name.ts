import type { About } from "../../lib";
import type { AboutWords } from "./words";

type Link = About["links"][number];

const SEQUENCE = "sequence ";

/** A step's name in the reader's language. */
export function linkName({ name, variant, backend }: Link, words: AboutWords): string {
  const own = name.replace("SavedModel", "TensorFlow (SavedModel)");
  if (name.startsWith(SEQUENCE)) {
    if (backend !== null) return words.on(words.sequence, words.backends[backend]);
    return `${words.sequence}: ${own.slice(SEQUENCE.length)}`;
  }
  if (variant === null || backend === null) return own;
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
