"""The built site in Chromium as a visitor has it: memory, answers, speed, and a first visit.

The camera shows a moving face at 30 frames a second, 640 × 480. A frame counts as answered when the
worker's result for it came to the window, and only once; frames are counted by the video element
itself (`requestVideoFrameCallback`), also those that the page never looked at.
"""

from __future__ import annotations

import itertools
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.film import camera_flags, swaying, write_camera, write_clip
from benchmarks.page.clicks import measure_clicks
from benchmarks.page.first import measure_first_visit
from benchmarks.page.live import Span, measure_live
from benchmarks.page.report import page_figures, page_reasons, page_report
from benchmarks.page.result import PageResult
from benchmarks.page.visit import PageVisit
from benchmarks.report.environment import this_environment
from benchmarks.report.report import Report
from benchmarks.report.validity import Watch
from benchmarks.samples import FACE
from benchmarks.site import Site
from export.browser import Browser
from face_detect.crop import Pixels
from face_detect.media import read_picture

SUB_PATH = "/some/where/deep"
LOOP = 90
"""Frames of the camera's loop, three seconds of it."""
CLIP = 300
"""Frames to be read while we click."""


@dataclass(frozen=True, kw_only=True)
class PageOptions:
    """How much is measured: until there are both so many seconds and so many results."""

    seconds: float = 60.0
    frames: int = 0
    settle_s: float = 30.0
    """What the live view remembers of the past is full by then."""
    rounds: int = 5
    """Of clicks while a clip is read; 0 leaves them out."""
    picture: Path = FACE


@dataclass(frozen=True, kw_only=True)
class _Films:
    camera: Path
    clip: Path
