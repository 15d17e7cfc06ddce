"""What a built site serves, as far as a benchmark has to know."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from face_detect.command import InputError
from train.contract import Contract


@dataclass(frozen=True, kw_only=True)
class Site:
    """A site's folder and its default model; graphs are paths inside the folder."""

    folder: Path
    variant: str
    contract: Contract
    classifier: str
    detector: str


def read_site(folder: Path) -> Site:
    """Read the manifest of a site that `make export` built."""
    path = folder / "manifest.json"
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
        model = _default(document)
        return Site(
            folder=folder,
            variant=model["variant"],
            contract=Contract.read(folder / model["contract"]),
            classifier=model["graph"],
            detector=document["detector"]["graph"],
        )
    except FileNotFoundError as error:
        raise InputError(f"{path}: is missing; build the site with make export") from error
    except (ValueError, KeyError, TypeError, StopIteration) as error:
        raise InputError(f"{path}: is not a manifest ({error!r})") from error


def _default(document: dict[str, Any]) -> dict[str, Any]:
    models: list[dict[str, Any]] = document["models"]
    return next(model for model in models if model["name"] == document["default"])
