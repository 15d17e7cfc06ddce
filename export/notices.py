"""The licences of what the site carries that is not ours."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from face_detect.command import InputError, MachineError

_TEXTS = Path(__file__).parent / "licences"
_RULE = "\n" + "-" * 78 + "\n\n"
_WEIGHTS = "@vladmandic/face-api"
_WEIGHTS_NOTE = (
    "The face detector's weights (detector/) are those of this package.\n"
    "So are the landmark net's in a model whose card says so.\n"
)


def notices(web: Path, cards: Iterable[Path]) -> str:
    """The text of `notices.txt`: each bundled package, the detector's weights, models' cards."""
    packages = [_package(web, name) for name in bundled_packages(web)]
    weights = _package(web, _WEIGHTS) + "\n" + _WEIGHTS_NOTE
    models = [card.read_text(encoding="utf-8") for card in cards]
    head = "This site contains software and data by others, under these licences.\n"
    return _RULE.join([head, *packages, weights, *models])


def bundled_packages(web: Path) -> list[str]:
    """The page's dependencies and theirs, as the lock file has them."""
    try:
        locked: dict[str, Any] = json.loads((web / "package-lock.json").read_text())["packages"]
    except (OSError, ValueError, KeyError) as error:
        raise InputError(f"{web / 'package-lock.json'}: cannot be read ({error})") from error
    names = [
        path.rsplit("node_modules/", 1)[1]
        for path, entry in locked.items()
        if path and not entry.get("dev") and not entry.get("optional")
    ]
    return sorted({name for name in names if not name.startswith("@types/")})


def _package(web: Path, name: str) -> str:
    folder = web / "node_modules" / name
    try:
        about: dict[str, Any] = json.loads((folder / "package.json").read_text(encoding="utf-8"))
    except OSError as error:
        raise MachineError(f"{folder}: is not installed; run npm ci in {web}") from error
    licence = str(about.get("license", "unknown"))
    text = _licence_text(folder, licence)
    return f"{name} {about['version']}\nLicence: {licence}\n{_source(about)}\n{text}"


def _source(about: dict[str, Any]) -> str:
    """Where the source is, which the Mozilla licence asks to tell."""
    repository = about.get("repository", "")
    told = repository.get("url", "") if isinstance(repository, dict) else str(repository)
    address = told.removeprefix("git+").removesuffix(".git")
    return f"Source: {address}\n" if address.startswith("https://") else ""


def _licence_text(folder: Path, licence: str) -> str:
    """The package's own copy; TF.js' packages carry none, but the licence asks for one."""
    own = [path for path in folder.iterdir() if path.stem.lower() in ("license", "licence")]
    known = _TEXTS / f"{licence}.txt"
    found = [*sorted(own), *([known] if known.is_file() else [])]
    return found[0].read_text(encoding="utf-8") if found else ""
