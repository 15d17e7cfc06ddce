"""What an export of one model leaves alone."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterable
from pathlib import Path

from export.manifest import NAME

_MARK = "report.json"
_KEYS = {"version", "models", "site"}


def is_export(folder: Path) -> bool:
    """Whether an export wrote this folder; what it did not write, it must not replace."""
    try:
        document = json.loads((folder / _MARK).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    ours = isinstance(document, dict) and document.keys() >= _KEYS
    return ours and (folder / "site" / NAME).is_file()


def keep_models(out: Path, staging: Path, exported: Iterable[str]) -> list[str]:
    """Carry the models over that this export leaves alone; their names."""
    kept = []
    for folder in sorted((out / "models").glob("*/")):
        if folder.name not in set(exported):
            target = staging / "models" / folder.name
            shutil.copytree(folder, target, copy_function=_link)
            kept.append(folder.name)
    return kept


def _link(source: str, target: str) -> str:
    try:
        os.link(source, target)
    except OSError:  # a filesystem without hard links
        shutil.copy2(source, target)
    return target
