"""The static site: the built page, the models that it offers, and what proves them whole."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from export.compress import compress
from export.headers import headers
from export.manifest import NAME, SiteDetector, SiteModel, manifest
from export.notices import notices
from export.offline import write_offline
from face_detect.command import InputError

GRAPH_FILES = ("model.json", "weights.bin")


def assemble(
    *,
    page: Path,
    web: Path,
    site: Path,
    models: Sequence[SiteModel],
    detector: SiteDetector,
    cards: Sequence[Path] = (),
    kept: Sequence[dict[str, Any]] = (),
    clips: Sequence[Mapping[str, Any]] = (),
) -> int:
    """Complete a site whose `models/` and `detector/` are in place; its bytes as brotli."""
    shutil.copytree(page, site, dirs_exist_ok=True)
    (site / "notices.txt").write_text(notices(web, cards), encoding="utf-8")
    (site / "_headers").write_text(headers((site / "index.html").read_text(encoding="utf-8")))
    text = manifest(site, [*models, *kept], detector, clips)
    (site / NAME).write_text(text, encoding="utf-8")
    write_offline(site)
    return compress(path for path in site.rglob("*") if path.is_file())


def copy_graph(source: Path, target: Path) -> None:
    """A graph's two files, and nothing else that lies beside them."""
    target.mkdir(parents=True, exist_ok=True)
    for name in GRAPH_FILES:
        shutil.copyfile(source / name, target / name)


def keep_site_models(before: Path, site: Path, names: Sequence[str]) -> list[dict[str, Any]]:
    """Carry models over from the site before, and give their entries of its manifest."""
    if not names or not (before / NAME).is_file():
        return []
    try:
        document = json.loads((before / NAME).read_text(encoding="utf-8"))
        entries = [entry for entry in document["models"] if entry["name"] in names]
    except (ValueError, KeyError, TypeError) as error:
        raise InputError(f"{before / NAME}: is not a manifest ({error})") from error
    for entry in entries:
        shutil.copytree(before / "models" / entry["name"], site / "models" / entry["name"])
    return entries
