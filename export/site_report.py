"""The site's own copy of the report: what was found out, for whoever visits the page."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

from export.report import STYLE, Report, render

NAME = "report.html"


def write_site_report(evidence: Report, site: Path) -> None:
    """`report.html` and its style, which a site's policy wants in a file of its own."""
    shutil.copyfile(STYLE, site / STYLE.name)
    (site / NAME).write_text(render(public(evidence), STYLE.name), encoding="utf-8")


def public(evidence: Report) -> Report:
    """Without times, so that the same models give the same bytes; and without the crops of other
    people's pictures, which are not ours to publish."""
    models = [_model(model) for model in evidence["models"]]
    return {**evidence, "models": models, "detector": {**evidence["detector"], "ms": {}}}


def _model(model: dict[str, Any]) -> dict[str, Any]:
    timeless = {"ms_before": None, "ms_after": None}
    converters = [{**found, **timeless} for found in model["converters"]]
    return {**model, "converters": converters, "worst": []}
