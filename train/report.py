"""A judgement as one page of HTML that needs no other file and no network."""

from __future__ import annotations

import base64
from itertools import groupby
from pathlib import Path
from typing import Any

import cv2
import jinja2

from face_detect.crop import Pixels
from train.gaps import gaps
from train.judge import Judgement
from train.judgement_notes import PART_NOTES, coverage_note, found_note, macro_note, share
from train.stability import BLUR_SIDES, CHANGES, SHIFT_SIDES

_TEMPLATE = Path(__file__).with_name("evaluate.html.j2")


def render(judgement: Judgement) -> str:
    """The page."""
    environment = jinja2.Environment(
        autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters |= {"png": _png, "percent": share, "by_attribute": _by_attribute}
    template = environment.from_string(_TEMPLATE.read_text(encoding="utf-8"))
    return template.render(
        judgement=judgement,
        contract=judgement.contract,
        part=PART_NOTES[judgement.part],
        found_note=found_note,
        coverage_note=coverage_note,
        macro_note=macro_note,
        gaps=gaps,
        changes=CHANGES,
        blur=BLUR_SIDES,
        shift=SHIFT_SIDES,
    )


def _by_attribute(parts: Any) -> list[tuple[str, list[Any]]]:
    """Slices in groups, in the order in which they come."""
    return [(name, list(group)) for name, group in groupby(parts, lambda part: part.attribute)]


def _png(crop: Pixels) -> str:
    _, data = cv2.imencode(".png", crop[..., ::-1])
    return "data:image/png;base64," + base64.b64encode(data.tobytes()).decode()
