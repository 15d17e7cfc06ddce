"""A measurement as it is kept: every sample, what follows from them, and where it was made."""

from __future__ import annotations

import dataclasses
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import jsonschema

from benchmarks.report.budgets import Gate
from benchmarks.report.compare import Comparison
from benchmarks.report.environment import Environment
from benchmarks.report.exhibits import Scatter, Table
from benchmarks.report.statistics import RatioSummary, Summary, ratio_of, summarise
from benchmarks.report.validity import Validity
from face_detect.command import InputError

VERSION = 2
"""Of the schema; a change that an old reader would misread raises it."""
SCHEMA = Path(__file__).with_name("report.schema.json")


@dataclass(frozen=True, kw_only=True)
class Series:
    """One thing's samples, in the order in which they were taken."""

    name: str
    """Who · what [· stage]: "ours slim · near · classify"."""
    unit: str
    samples: tuple[float, ...]
    warmup: int = 0
    """Runs that came first and are not among the samples."""
    stage: str | None = None
    """capture, transfer, detect, crop, classify, post or total, where it is a part of a frame."""
    of: str | None = None
    """Whose it is: "ours/emotion-slim", "face-api", "human", "onnxruntime-web", "litert"."""

    @cached_property
    def summary(self) -> Summary:
        return summarise(self.samples)

    @property
    def group(self) -> str:
        """What all stages of one thing share: the name without its stage."""
        return self.name if self.stage is None else self.name.rpartition(" · ")[0]


@dataclass(frozen=True, kw_only=True)
class Pairs:
    """Two contestants on the same inputs, in turns: how many times as fast ours is."""

    name: str
    """A figure's: "frame_slim_vs_faceapi"."""
    ours: tuple[float, ...]
    """Milliseconds a frame or a block, in order."""
    theirs: tuple[float, ...]

    @cached_property
    def ratio(self) -> RatioSummary:
        return ratio_of(self.ours, self.theirs)


@dataclass(frozen=True, kw_only=True)
class Report:
    """One run of a command."""

    benchmark: str
    environment: Environment
    validity: Validity
    figures: Mapping[str, float]
    """By name; what budgets bound and what a README quotes."""
    series: tuple[Series, ...] = ()
    pairs: tuple[Pairs, ...] = ()
    tables: tuple[Table, ...] = ()
    scatters: tuple[Scatter, ...] = ()
    facts: Mapping[str, object] = field(default_factory=dict)
    """What else a reader wants to know, as plain JSON."""
    gates: tuple[Gate, ...] = ()
    comparison: Comparison | None = None
    """With an older run, where one was named."""


def write_report(path: Path, report: Report) -> None:
    """As JSON, whole or not at all; its schema is `report.schema.json`."""
    text = json.dumps(to_document(report), indent=1, ensure_ascii=False, allow_nan=False)
    write_whole(path, f"{text}\n")


def read_report(path: Path) -> Report:
    """A report that `write_report` kept."""
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
        jsonschema.validate(document, json.loads(SCHEMA.read_text(encoding="utf-8")))
    except FileNotFoundError as error:
        raise InputError(f"{path}: does not exist") from error
    except ValueError as error:
        raise InputError(f"{path}: is not JSON ({error})") from error
    except jsonschema.ValidationError as error:
        raise InputError(
            f"{path}: is no report ({error.json_path}: {error.message[:80]})"
        ) from error
    return _from_document(document)


def write_whole(path: Path, text: str) -> None:
    """A file is whole or not there: it is written beside, then put in its place."""
    aside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        aside.write_bytes(text.encode())
        aside.replace(path)
    finally:
        aside.unlink(missing_ok=True)


def to_document(report: Report) -> dict[str, Any]:
    """Plain data, as the schema describes it, with the figures that follow from the samples."""
    document = {"version": VERSION, **dataclasses.asdict(report)}
    for name in ("tables", "scatters"):
        if not document[name]:
            del document[name]
    document["validity"]["valid"] = report.validity.valid
    for entry, series in zip(document["series"], report.series, strict=True):
        entry["summary"] = dataclasses.asdict(series.summary)
    for entry, pairs in zip(document["pairs"], report.pairs, strict=True):
        entry["ratio"] = dataclasses.asdict(pairs.ratio)
    for entry, gate in zip(document["gates"], report.gates, strict=True):
        entry["passed"] = gate.passed
    return document


def _from_document(document: dict[str, Any]) -> Report:
    """What follows from other fields is left aside; an older run's exhibits and comparison too."""
    return Report(
        benchmark=document["benchmark"],
        environment=Environment(**document["environment"]),
        validity=_build(Validity, document["validity"]),
        figures=document["figures"],
        series=tuple(_build(Series, entry) for entry in document["series"]),
        pairs=tuple(_build(Pairs, entry) for entry in document["pairs"]),
        facts=document["facts"],
        gates=tuple(_build(Gate, entry) for entry in document["gates"]),
    )


def _build(kind: Any, entry: dict[str, Any]) -> Any:
    """The schema has checked it; lists were tuples."""
    names = {item.name for item in dataclasses.fields(kind)}
    return kind(
        **{
            name: tuple(value) if isinstance(value, list) else value
            for name, value in entry.items()
            if name in names
        }
    )
