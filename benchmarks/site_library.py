"""How a page reaches the library and the models of a built site."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from face_detect.command import InputError

OURS = {"faces": 1, "smooth_ms": 250, "reuse": False}
"""Detector or tracker and classifier on every frame."""


def library_of(folder: Path) -> str:
    """The library's path inside the site; its name carries a hash."""
    found = sorted(folder.glob("assets/facecast-*.js"))
    if len(found) != 1:
        raise InputError(f"{folder}: has no library in assets/; build the site with make export")
    return found[0].relative_to(folder).as_posix()


def model_names(folder: Path) -> list[str]:
    """The site's models, its default first."""
    document = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    names = [model["name"] for model in document["models"]]
    return sorted(names, key=lambda name: name != document["default"])


def on_site(
    folder: Path, model: str | None, reuse: bool = False, url: str = "/site"
) -> dict[str, Any]:
    """What `reading.ts` takes, for a site that is served at this address."""
    return {
        "library": f"{url}/{library_of(folder)}",
        "base": f"{url}/",
        "model": model,
        "following": {**OURS, "reuse": reuse},
    }
