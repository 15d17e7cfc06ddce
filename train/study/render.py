"""A study's findings as one page of HTML that needs no other file and no network."""

from __future__ import annotations

import base64
import dataclasses
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

import cv2
import jinja2

from face_detect.crop import Pixels
from train.code_version import code_version
from train.data.record import Record
from train.study.compare_arms import Comparison, Verdict
from train.study.findings import Findings
from train.study.notes import notes
from train.study.overlap_lines import overlap_lines
from train.study.same_pictures import same_pictures
from train.study.settings import settings
from train.study.table import ratio, share, table

_FOLDER = Path(__file__).parent
_TURNED: Mapping[Verdict, Verdict] = {"better": "worse", "worse": "better"}


def render(findings: Findings, curves: bytes) -> str:
    """The page."""
    data, study = findings.data, findings.study
    different, common = settings([found.arm.plan for found in findings.arms])
    parts = (data.kept, data.valid.records, data.test.records)
    return (
        environment()
        .get_template("study.html.j2")
        .render(
            findings=findings,
            study=study,
            data_name=study.arms[0].plan.data.name,
            pictures=data.pictures,
            codes=", ".join(findings.codes) or code_version(),
            table=table(findings),
            notes=list(notes(findings)),
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


def environment(*own: Path) -> jinja2.Environment:
    """What the pages of studies share; templates are looked for in folders of one's own first."""
    found = jinja2.Environment(
        loader=jinja2.FileSystemLoader([*own, _FOLDER]),
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


def _counts(records: Sequence[Record], head: str) -> dict[str, int]:
    return dict(Counter(record.labels[head] for record in records))
