"""A study's findings as one page of HTML that needs no other file and no network."""

from __future__ import annotations

import base64
import dataclasses
import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import cv2
import jinja2

from face_detect.crop import Pixels
from train.code_version import code_version
from train.data.record import Record
from train.plan import Plan
from train.study.compare_arms import Comparison, Verdict
from train.study.findings import ONE_SEED, Findings
from train.study.overlap_lines import overlap_lines
from train.study.same_pictures import same_pictures
from train.study.table import ratio, share, table

_FOLDER = Path(__file__).parent
_TURNED: Mapping[Verdict, Verdict] = {"better": "worse", "worse": "better"}
_NOT_SHOWN = {"data", "name", "net", "reading", "split_seed", "judged"}


def render(findings: Findings, curves: bytes) -> str:
    """The page."""
    data, study = findings.data, findings.study
    different, common = _settings([found.arm.plan for found in findings.arms])
    parts = (data.kept, data.valid.records, data.test.records)
    return (
        environment()
        .get_template("study.html.j2")
        .render(
            findings=findings,
            study=study,
            data_name=study.arms[0].plan.data.name,
            pictures=data.pictures,
            code=code_version(),
            table=table(findings),
            notes=list(_notes(findings)),
            pairs=_both_ways(findings.pairs),
            curves=curves,
            grid=same_pictures(findings),
            skewed=[found for found in findings.ranked if found.skew],
            parts=[_counts(part, study.arms[0].plan.head) for part in parts],
            overlap=list(overlap_lines(data.left_out)),
            settings=[
                (found.arm.name, found.arm.plan.net, text)
                for found, text in zip(findings.arms, different, strict=True)
            ],
            common=common,
        )
    )


def environment() -> jinja2.Environment:
    """What the pages of studies share."""
    found = jinja2.Environment(
        loader=jinja2.FileSystemLoader(_FOLDER),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    found.filters |= {
        "share": share,
        "ratio": ratio,
        "png": _png,
        "crop": _crop,
        "points": _points,
    }
    return found


def _points(difference: float) -> str:
    """Nought has no sign."""
    points = round(100 * difference, 1)
    return f"{points:+.1f}" if points else "0.0"


def _png(content: bytes) -> str:
    return "data:image/png;base64," + base64.b64encode(content).decode()


def _crop(crop: Pixels) -> str:
    return _png(cv2.imencode(".png", crop[..., ::-1])[1].tobytes())


def _both_ways(pairs: Sequence[Comparison]) -> dict[tuple[str, str], Comparison]:
    found = {}
    for pair in pairs:
        found[pair.first, pair.second] = pair
        found[pair.second, pair.first] = dataclasses.replace(
            pair,
            first=pair.second,
            second=pair.first,
            difference=None if pair.difference is None else -pair.difference,
            verdict=_TURNED.get(pair.verdict, pair.verdict),
        )
    return found


def _notes(findings: Findings) -> Iterator[str]:
    """What has to be known of a verdict; that of one seed is said once for all."""
    for found in findings.arms:
        note = found.versus.note if found.versus else ""
        if note and not (note == ONE_SEED and len(findings.study.seeds) == 1):
            yield f"{found.arm.name}: {note}"


def _counts(records: Sequence[Record], head: str) -> dict[str, int]:
    return dict(Counter(record.labels[head] for record in records))


def _settings(plans: Sequence[Plan]) -> tuple[list[str], str]:
    """What each plan has of its own, and what all have alike."""
    flat = [_flat(dataclasses.asdict(plan)) for plan in plans]
    own = [key for key in flat[0] if any(each.get(key) != flat[0][key] for each in flat)]
    different = [", ".join(f"{key} {_text(each.get(key))}" for key in own) for each in flat]
    alike = ", ".join(f"{key} {_text(flat[0][key])}" for key in flat[0] if key not in own)
    return different, f"Alike in all: {alike}."


def _flat(document: Mapping[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in document.items():
        if key in _NOT_SHOWN or value in (None, ()):
            continue
        if isinstance(value, Mapping):
            found |= _flat(value)
        else:
            found[key] = value
    return found


def _text(value: Any) -> str:
    if isinstance(value, Path):
        return value.name
    if isinstance(value, (tuple, list)):
        return json.dumps(value, default=str)
    return str(value)
