"""`manifest.json`: what the page loads first, and what it holds every file against."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

VERSION = 1
NAME = "manifest.json"
SERVICE_WORKER = "sw.js"
FIRST_CHOICE = "emotion-slim"
_SIBLINGS = (".br", ".gz")


@dataclass(frozen=True, kw_only=True)
class Selftest:
    """What a graph has to say to a known input before a backend is trusted."""

    outputs: tuple[float, ...]
    tolerance: float
    """Relative to the largest of the outputs, of a classifier to the largest of the same head."""


@dataclass(frozen=True, kw_only=True)
class SiteSequence:
    """The small net that follows a face's answers."""

    graph: str
    selftest: Selftest


@dataclass(frozen=True, kw_only=True)
class SiteModel:
    """One classifier that the page offers; paths are relative to the site."""

    name: str
    variant: str
    proven: bool
    contract: str
    graph: str
    about: str
    selftest: Selftest
    figures: Mapping[str, float]
    sequence: SiteSequence | None = None


@dataclass(frozen=True, kw_only=True)
class SiteDetector:
    graph: str
    size: int
    selftest: Selftest


def manifest(
    site: Path,
    models: Sequence[SiteModel | Mapping[str, Any]],
    detector: SiteDetector,
    clips: Sequence[Mapping[str, Any]] = (),
) -> str:
    """The manifest's text for a folder that already holds every other file."""
    entries = [m if isinstance(m, Mapping) else dataclasses.asdict(m) for m in models]
    entries.sort(key=lambda entry: (entry["name"] != FIRST_CHOICE, entry["name"]))
    document = {
        "version": VERSION,
        "default": entries[0]["name"],
        "models": entries,
        "detector": dataclasses.asdict(detector),
        "clips": list(clips),
        "files": {path.relative_to(site).as_posix(): _fingerprint(path) for path in _files(site)},
    }
    return json.dumps(document, indent=1, sort_keys=True, ensure_ascii=False) + "\n"


def rounded(value: float, digits: int = 6) -> float:
    """To so many significant digits: enough to compare by, and the same on every run."""
    return float(f"{value:.{digits}g}")


def _files(site: Path) -> list[Path]:
    """Every file that a browser sees; a compressed sibling is the same file to it.

    The service worker is not among them: it is written last, for it lists this list.
    """
    found = [path for path in site.rglob("*") if path.is_file()]
    others = (NAME, SERVICE_WORKER)
    return sorted(p for p in found if p.suffix not in _SIBLINGS and p.name not in others)


def _fingerprint(path: Path) -> dict[str, str | int]:
    data = path.read_bytes()
    return {"sha256": hashlib.sha256(data).hexdigest(), "bytes": len(data)}
