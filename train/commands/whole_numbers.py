"""Whole numbers with commas between them, as an argument."""

from __future__ import annotations

from collections.abc import Callable

from face_detect import arguments


def whole_numbers(least: int) -> Callable[[str], tuple[int, ...]]:
    """Each one once, in the order in which they came."""
    parse_one = arguments.whole(least)

    def parse(text: str) -> tuple[int, ...]:
        return tuple(dict.fromkeys(parse_one(word) for word in text.split(",")))

    parse.__name__ = "list of whole numbers"  # argparse names the type in its message
    return parse
