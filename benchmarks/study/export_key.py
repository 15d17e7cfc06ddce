"""By what an export is known again: the same model through the same code."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from export.build_once import files_below, hash_of
from export.build_web import sources_hash
from export.options import ROOT
from train.checkpoint import CONTRACT, find_weights

_CODE = ("export", "face_detect", "train/nets", "train/contract.py", "train/inputs.py")


def export_key(model: Path) -> str:
    """Of its weights, its contract and all code that they go through on the way to the page."""
    total = hashlib.sha256(_code_hash().encode())
    for path in (find_weights(model), model / CONTRACT):
        total.update(hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


@cache
def _code_hash() -> str:
    files = files_below(ROOT / name for name in _CODE)
    sources = [path for path in files if "__pycache__" not in path.parts]
    return hash_of(ROOT, sources) + sources_hash(ROOT / "web")
