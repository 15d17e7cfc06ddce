"""The built site in Chromium as a visitor has it: memory, answers, speed, and a first visit.

The camera shows a moving face at 30 frames a second, 640 × 480. A frame counts as answered when the
worker's result for it came to the window, and only once; frames are counted by the video element
itself (`requestVideoFrameCallback`), also those that the page never looked at.
"""

from __future__ import annotations

import dataclasses
import itertools
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from benchmarks.film import camera_flags, swaying, write_camera, write_clip
from benchmarks.page.clicks import measure_clicks
from benchmarks.page.figures import page_reasons, page_report
from benchmarks.page.first import measure_first_visit
from benchmarks.page.live import Span, measure_live
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


def measure_page(
    site: Site,
    options: PageOptions,
    on_step: Callable[[str, float], None] = lambda part, done: None,
) -> Report:
    """`on_step` hears how many "seconds" and "rounds" are done."""
    with tempfile.TemporaryDirectory(prefix="facecast-bench-") as name, Watch() as watch:
        films = _films(read_picture(options.picture), Path(name), with_clip=options.rounds > 0)
        (Path(name) / "index.html").write_text("<!doctype html><title>Before the visit</title>")
        with Browser(
            mounts={SUB_PATH: site.folder, "/before": Path(name)},
            page="/before/index.html",
            flags=camera_flags(films.camera),
        ) as browser:
            environment = this_environment(browser, site)
            result = _measure(browser, site, films, options, on_step, watch)
            validity = watch.validity(page_reasons(result))
    return page_report(
        result, dataclasses.replace(environment, backend=result.live.backend), validity, site
    )


def _measure(
    browser: Browser,
    site: Site,
    films: _Films,
    options: PageOptions,
    on_step: Callable[[str, float], None],
    watch: Watch,
) -> PageResult:
    root = f"{browser.address}{SUB_PATH}/"
    visit = PageVisit(browser, root)
    first = measure_first_visit(visit, root, site.folder)
    span = Span(settle_s=options.settle_s, seconds=options.seconds, frames=options.frames)
    live = measure_live(visit, span, lambda done: on_step("seconds", done), watch.tick)
    answers_ms = measure_clicks(
        visit, films.clip, options.rounds, lambda done: on_step("rounds", done)
    )
    return PageResult(first=first, live=live, answers_ms=answers_ms)


def _films(picture: Pixels, folder: Path, *, with_clip: bool) -> _Films:
    """The clip takes seconds to write, and only clicks need it."""
    films = _Films(camera=folder / "camera.y4m", clip=folder / "clip.mkv")
    frames = list(swaying(picture, LOOP))
    write_camera(films.camera, frames)
    if with_clip:
        write_clip(films.clip, itertools.islice(itertools.cycle(frames), CLIP))
    return films
