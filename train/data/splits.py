"""The parts of a dataset, under one name each."""

from __future__ import annotations

from face_detect.command import InputError

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


def check_split(asked: str | None) -> None:
    """Complain of a word that names no part; nothing means all of them."""
    if asked is not None and split_name(asked) is None:
        raise InputError(f"{asked!r} is no part of a dataset: train, valid, test or private is")
