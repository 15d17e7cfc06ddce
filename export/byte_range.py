"""The part of a file that a `Range` header asks for (RFC 9110, 14.1.2)."""

from __future__ import annotations

import re

_ONE_PART = re.compile(r"bytes=([0-9]{0,18})-([0-9]{0,18})")


def byte_range(header: str | None, size: int) -> range | None:
    """The bytes, none of them where none are there, or None: the whole file answers best."""
    found = _ONE_PART.fullmatch(header.replace(" ", "")) if header else None
    if found is None or found.groups() == ("", ""):
        return None
    first, last = found.groups()
    if not first:
        return range(max(0, size - int(last)), size)
    if last and int(last) < int(first):
        return None
    return range(int(first), min(size, int(last) + 1) if last else size)
