"""A study's findings in files: JSON for programs, HTML for people, Markdown to paste."""

from __future__ import annotations

import json
from pathlib import Path

from train.aside import replacing
from train.study.draw_arms import draw_arms
from train.study.findings import Findings
from train.study.render import render
from train.study.study_json import study_json
from train.study.table import markdown

STUDY, REPORT, TABLE, CURVES = "study.json", "report.html", "report.md", "curves.png"


def write_report(findings: Findings, folder: Path) -> None:
    """Each file whole or not at all."""
    curves = draw_arms(findings)
    text = json.dumps(study_json(findings, folder), indent=1, ensure_ascii=False)
    write(folder / STUDY, f"{text}\n".encode())
    write(folder / TABLE, markdown(findings).encode())
    write(folder / CURVES, curves)
    write(folder / REPORT, render(findings, curves).encode())


def write(path: Path, content: bytes) -> None:
    """Beside, then in its place."""
    with replacing(path) as stream:
        stream.write(content)
