"""A model's card as plain blocks, so that the page needs neither HTML nor a Markdown parser."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

Block = dict[str, Any]
Text = list[Any]
"""Strings, and links as `{"text", "href"}`."""

# What lies beside a card is not on the site, so a link to it would lead nowhere.
_LEADS_SOMEWHERE = re.compile(r"(https?://|mailto:)", re.I)
_SPACE = {"softbreak", "hardbreak"}


def card_blocks(markdown: str) -> list[Block]:
    """Headings, paragraphs, lists, tables and code; HTML stays the text that it is."""
    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    return list(_blocks(SyntaxTreeNode(parser.parse(markdown)).children))


def _blocks(nodes: Iterable[SyntaxTreeNode]) -> Iterator[Block]:
    for node in nodes:
        match node.type:
            case "heading":
                yield {"kind": "heading", "level": int(node.tag[1]), "text": _text(node)}
            case "paragraph":
                yield {"kind": "paragraph", "text": _text(node)}
            case "bullet_list" | "ordered_list":
                ordered = node.type == "ordered_list"
                yield {"kind": "list", "ordered": ordered, "items": list(_items(node))}
            case "table":
                head, *rows = (_cells(row) for part in node.children for row in part.children)
                yield {"kind": "table", "head": head, "rows": rows}
            case "fence" | "code_block":
                yield {"kind": "code", "text": node.content.rstrip("\n")}
            case _:
                yield from _blocks(node.children)


def _items(node: SyntaxTreeNode) -> Iterator[Text]:
    """A list within an item follows it as items of its own."""
    for item in node.children:
        for part in item.children:
            if part.type.endswith("_list"):
                yield from _items(part)
            elif text := _text(part):
                yield text


def _cells(row: SyntaxTreeNode) -> list[Text]:
    return [_text(cell) for cell in row.children]


def _text(node: SyntaxTreeNode) -> Text:
    """Neighbouring words are one string; code within a list is words like others."""
    joined: Text = []
    for piece in _pieces(node.children or [node]):
        if isinstance(piece, str) and joined and isinstance(joined[-1], str):
            joined[-1] += piece
        elif piece:
            joined.append(piece)
    return joined


def _pieces(nodes: Sequence[SyntaxTreeNode]) -> Iterator[str | dict[str, str]]:
    for node in nodes:
        href = str(node.attrs.get("href", ""))
        if _LEADS_SOMEWHERE.match(href):
            yield {"text": "".join(map(str, _pieces(node.children))), "href": href}
        elif node.children:
            yield from _pieces(node.children)
        else:
            yield " " if node.type in _SPACE else node.content.removesuffix("\n")
