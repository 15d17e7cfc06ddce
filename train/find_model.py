"""A model by its folder, or by its name in `models/`."""

from __future__ import annotations

from pathlib import Path

from face_detect.command import InputError
from train.checkpoint import is_model


def find_model(wanted: str, models: Path) -> Path:
    """The folder that holds its weights and contract."""
    for folder in (Path(wanted), models / wanted):
        if is_model(folder):
            return folder
    known = sorted(path.name for path in models.iterdir()) if models.is_dir() else []
    raise InputError(
        f"{wanted}: is neither a folder with a contract.json nor one of"
        f" {', '.join(known) or 'the models, for there are none'}"
    )
