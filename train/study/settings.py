"""What each of some plans has of its own, and what all have alike."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from train.options import without_heads
from train.plan import Plan

_NOT_SHOWN = {"data", "name", "net", "reading", "split_seed", "judged", "seed"}
_TOP_UP = "top_up"


def settings(plans: Sequence[Plan]) -> tuple[list[str], str]:
    """A text for each plan, and one for all of them."""
    flat = [_flat(dataclasses.asdict(plan, dict_factory=without_heads)) for plan in plans]
    keys = dict.fromkeys(key for each in flat for key in each)
    own = [key for key in keys if any(each.get(key) != flat[0].get(key) for each in flat)]
    different = [", ".join(f"{key} {_text(each.get(key))}" for key in own) for each in flat]
    alike = ", ".join(f"{key} {_text(flat[0][key])}" for key in keys if key not in own)
    return different, f"Alike in all: {alike}."


def _flat(document: Mapping[str, Any], before: str = "") -> dict[str, Any]:
    """What is there; what is not differs from it by that."""
    found: dict[str, Any] = {}
    for key, value in document.items():
        name = f"{before}{key}"
        if name in _NOT_SHOWN or value in (None, (), ""):
            continue
        if isinstance(value, Mapping):
            found |= _flat(value, f"{_TOP_UP} " if key == _TOP_UP else "")
        else:
            found[name] = value
    return found


def _text(value: Any) -> str:
    if value is None:
        return "none"
    if isinstance(value, Path):
        return value.name
    if isinstance(value, (tuple, list)):
        return json.dumps(value, default=_text)
    return str(value)
