import { h } from "../dom";

/** How long a browser may take to begin with the file. */
const KEPT_MS = 60_000;
const LONGEST = 80;

/** Hands the visitor a file. */
export function save(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob);
  h("a", { href: url, download: safeName(name) }).click();
  setTimeout(() => URL.revokeObjectURL(url), KEPT_MS);
}

/** A name that every file system takes, with its ending kept. */
export function safeName(name: string): string {
  const dot = name.lastIndexOf(".");
  const [stem, ending] = dot > 0 ? [name.slice(0, dot), name.slice(dot)] : [name, ""];
  const kept = [...plain(stem)].slice(0, LONGEST).join("");
  return `${kept.replace(/^[. -]+|[. -]+$/g, "") || "facecast"}${plain(ending)}`;
}

function plain(text: string): string {
  return text.replace(/[^\p{L}\p{N}._ -]+/gu, "-");
}
