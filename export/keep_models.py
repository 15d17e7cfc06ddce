"""What an export of one model leaves alone."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable
from pathlib import Path

_MARK = "report.json"


def is_export(folder: Path) -> bool:
    """Whether an export wrote this folder."""
    return (folder / _MARK).is_file()


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
