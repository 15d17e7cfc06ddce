"""Which of a source's labels a row of a task's table is about."""

from __future__ import annotations

import re
from dataclasses import dataclass

from face_detect.command import InputError

_YEARS = re.compile(r"(\d*)\.\.(\d*)")
Years = tuple[int, float]
"""The first and the last one."""


@dataclass(frozen=True, kw_only=True)
class Values:
    """Words, and whole numbers from one to another."""

    words: tuple[str, ...]
    years: tuple[Years, ...] = ()

    def has(self, label: str) -> bool:
        """A label is looked for as it is, and in lower case."""
        if label in self.words or label.casefold() in self.words:
            return True
        whole = label.isascii() and label.isdigit()
        return whole and any(low <= int(label) <= high for low, high in self.years)


def read_values(text: str, where: str) -> Values:
    """Of "0..29 | 20-29" the numbers from 0 to 29 and the word "20-29"."""
    parts = [part.strip() for part in text.split(" | ")]
    if "" in parts:
        raise InputError(f"{where}: has a gap; {text!r} lacks a label beside a bar")
    if any("|" in part for part in parts):
        raise InputError(f"{where}: {text!r} has a bar without a blank on either side")
    found = {part: _YEARS.fullmatch(part) for part in parts}
    return Values(
        words=tuple(part for part, years in found.items() if not years),
        years=tuple(_years(years, where) for years in found.values() if years),
    )


def _years(found: re.Match[str], where: str) -> Years:
    low, high = int(found[1] or 0), float(found[2] or "inf")
    if low > high:
        raise InputError(f"{where}: {found[0]} goes backwards")
    return low, high
