"""What became of one model's export, as it is kept beside it."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.report.report import write_whole


@dataclass(frozen=True, kw_only=True)
class Shipped:
    """What the page would get, and how far its answers are from the net's own."""

    variant: str
    bytes: int
    """As brotli."""
    backend: str
    """That the page takes for it: "simd" are its own kernels, "wasm" is TF.js."""
    max_relative: float
    flips: float
    mean_kl: float


@dataclass(frozen=True, kw_only=True)
class Refusal:
    """Why it does not export."""

    error: str
    """By its name."""
    message: str
    operators: tuple[str, ...] = ()
    """That cannot go to the browser, where that is why."""


@dataclass(frozen=True, kw_only=True)
class ArmExport:
    """Either of the two."""

    key: str
    """Of model and code; one with another key is done again."""
    shipped: Shipped | None = None
    refusal: Refusal | None = None


def write_export(path: Path, export: ArmExport) -> None:
    """Whole or not at all."""
    text = json.dumps(dataclasses.asdict(export), indent=1, ensure_ascii=False)
    write_whole(path, f"{text}\n")


def read_export(path: Path, key: str) -> ArmExport | None:
    """None where there is none, or one of another model or other code."""
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
        if document["key"] != key:
            return None
        shipped, refusal = document["shipped"], document["refusal"]
        return ArmExport(
            key=key,
            shipped=Shipped(**shipped) if shipped else None,
            refusal=_refusal(refusal) if refusal else None,
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None


def shipped_of(report: Mapping[str, Any], name: str) -> Shipped:
    """Out of an export's own report."""
    model = next(each for each in report["models"] if each["name"] == name)
    variant = model["shipped"]
    link = next(each for each in model["links"] if each["variant"] == variant)
    size = next(each for each in model["variants"] if each["name"] == variant)
    return Shipped(
        variant=variant,
        bytes=size["brotli_bytes"],
        backend=link["backend"],
        max_relative=link["max_relative"],
        flips=link["flips"],
        mean_kl=link["mean_kl"],
    )


def _refusal(document: Mapping[str, Any]) -> Refusal:
    return Refusal(**{**document, "operators": tuple(document["operators"])})
