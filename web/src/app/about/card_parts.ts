import type { About } from "../../lib";

export type Blocks = About["card"];
type Block = Blocks[number];
type Table = Extract<Block, { readonly kind: "table" }>;
type Text = Table["head"][number];

/** Its words, without the links. */
export function plain(text: Text): string {
  return text.map((piece) => (typeof piece === "string" ? piece : piece.text)).join("");
}

/** What stands under a heading, up to the next of its rank; empty where there is none of that name. */
export function section(card: Blocks, title: string): Blocks {
  const start = card.findIndex((block) => block.kind === "heading" && plain(block.text) === title);
  const heading = card[start];
  if (heading?.kind !== "heading") return [];
  const rest = card.slice(start + 1);
  const end = rest.findIndex((block) => block.kind === "heading" && block.level <= heading.level);
  return end < 0 ? rest : rest.slice(0, end);
}

/** The value of a list's item such as "Data: FER2013". */
export function fact(card: Blocks, name: string): string | null {
  const items = card.flatMap((block) => (block.kind === "list" ? block.items : [])).map(plain);
  return items.find((item) => item.startsWith(`${name}: `))?.slice(name.length + 2) ?? null;
}

/** A column of percentages by the first column's labels, from the first table that has it and one of `labels`. */
export function shares(
  blocks: Blocks,
  column: string,
  labels: readonly string[],
): ReadonlyMap<string, number> {
  for (const block of blocks) {
    if (block.kind !== "table") continue;
    const index = block.head.findIndex((title) => plain(title) === column);
    const isOf = block.rows.some(([label = []]) => labels.includes(plain(label)));
    if (index > 0 && isOf) return columnOf(block, index);
  }
  return new Map();
}

function columnOf({ rows }: Table, index: number): ReadonlyMap<string, number> {
  const cells = rows.map(([label = [], ...values]) => {
    const value = plain(values[index - 1] ?? []);
    return [plain(label), value.endsWith("%") ? Number.parseFloat(value) / 100 : Number.NaN];
  });
  return new Map((cells as [string, number][]).filter(([, share]) => !Number.isNaN(share)));
}
