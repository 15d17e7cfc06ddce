import { h } from "../dom";
import { type Blocks, plain } from "./card_parts";
import { type Cell, link } from "./parts";
import { table } from "./table";

type Block = Blocks[number];
type Text = Extract<Block, { readonly kind: "paragraph" }>["text"];
type Heading = "h3" | "h4" | "h5" | "h6";

/** A card's parts, its headings below one of `level`. A card is written in English. */
export function blocks(card: Blocks, level: number): HTMLElement {
  const root = h("div", { class: "about-text", lang: "en" });
  const highest = Math.min(...card.map((block) => (block.kind === "heading" ? block.level : 6)));
  let title = "";
  for (const block of card) {
    if (block.kind === "heading") title = plain(block.text);
    root.append(element(block, level + 1 - highest, title));
  }
  return root;
}

function element(block: Block, deeper: number, title: string): HTMLElement {
  switch (block.kind) {
    case "heading":
      return h(`h${Math.min(6, block.level + deeper)}` as Heading, {}, ...cells(block.text));
    case "paragraph":
      return h("p", {}, ...cells(block.text));
    case "list": {
      const items = block.items.map((item) => h("li", {}, ...cells(item)));
      return h(block.ordered ? "ol" : "ul", {}, ...items);
    }
    case "table":
      return tableOf(block, title);
    case "code":
      return h(
        "pre",
        { tabindex: 0, role: "group", "aria-label": title },
        h("code", {}, block.text),
      );
  }
}

function tableOf(
  { head, rows }: Extract<Block, { readonly kind: "table" }>,
  title: string,
): HTMLElement {
  const [first = []] = head;
  return table({
    label: [title, plain(first)].filter(Boolean).join(": "),
    titles: head.map(cell),
    rows: rows.map((row) => row.map(cell)),
  });
}

function cells(text: Text): Cell[] {
  return text.map((piece) => (typeof piece === "string" ? piece : link(piece.href, piece.text)));
}

function cell(text: Text): Cell {
  const parts = cells(text);
  if (parts.every((each) => typeof each === "string")) return parts.join("");
  const whole = document.createDocumentFragment();
  whole.append(...parts);
  return whole;
}
