"""The parts of a dataset, under one name each."""

from __future__ import annotations

_NAMES = {
    "train": "train",
    "training": "train",
    "val": "valid",
    "valid": "valid",
    "validation": "valid",
    "test": "test",
    "testing": "test",
    "publictest": "test",
    "privatetest": "private",
    "private": "private",
}


def split_name(text: str) -> str | None:
    """ "train", "valid", "test" or "private" for any usual spelling; nothing for other words."""
    return _NAMES.get(text.lower())
