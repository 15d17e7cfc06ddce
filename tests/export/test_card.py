from __future__ import annotations

from export.card import card_blocks


def _one(markdown: str) -> object:
    (block,) = card_blocks(markdown)
    return block


def test_marks_within_a_line_are_dropped_and_its_words_kept() -> None:
    said = _one("A *b* **c** `d`\nnext <b>e</b>")
    assert said == {"kind": "paragraph", "text": ["A b c d next <b>e</b>"]}


def test_a_heading_has_its_level() -> None:
    assert _one("## Limits") == {"kind": "heading", "level": 2, "text": ["Limits"]}


def test_a_link_keeps_its_words_and_its_address() -> None:
    said = _one("see [the **data**](https://a.example/b) first")
    link = {"text": "the data", "href": "https://a.example/b"}
    assert said == {"kind": "paragraph", "text": ["see ", link, " first"]}


def test_a_link_that_leads_nowhere_on_the_site_is_only_its_words() -> None:
    said = _one("[figures](evaluation.json) and [this](javascript:alert(1))")
    assert said == {"kind": "paragraph", "text": ["figures and [this](javascript:alert(1))"]}


def test_a_list_within_a_list_becomes_items_of_it() -> None:
    said = _one("1. one\n   - two\n2. three")
    assert said == {"kind": "list", "ordered": True, "items": [["one"], ["two"], ["three"]]}


def test_code_within_a_list_is_an_item_of_it() -> None:
    said = _one("- one\n\n      *a*\n- two")
    assert said == {"kind": "list", "ordered": False, "items": [["one"], ["*a*"], ["two"]]}


def test_a_table_is_its_head_and_rows_with_empty_cells() -> None:
    said = _one("| a | b |\n| --- | --- |\n| 1 |  |\n")
    assert said == {"kind": "table", "head": [["a"], ["b"]], "rows": [[["1"], []]]}


def test_code_stays_as_it_is() -> None:
    assert _one("```sh\n*a*\n  b\n```") == {"kind": "code", "text": "*a*\n  b"}


def test_a_quotation_is_read_for_what_it_holds() -> None:
    assert _one("> said") == {"kind": "paragraph", "text": ["said"]}
