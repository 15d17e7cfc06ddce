"""The built site in Chromium as a visitor has it: memory, answers, speed, and a first visit."""

from __future__ import annotations

import itertools
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from benchmarks.film import camera_flags, swaying, write_camera, write_clip
from benchmarks.others import Others
from benchmarks.page_clicks import measure_clicks
from benchmarks.page_first import measure_first_visit
from benchmarks.page_live import measure_live
from benchmarks.page_result import PageResult
from benchmarks.page_visit import PageVisit
from benchmarks.result import this_machine
from benchmarks.site import Site
from export.browser import Browser
from face_detect.crop import Pixels

SUB_PATH = "/some/where/deep"
LOOP = 90
"""Frames of the camera's loop, three seconds of it."""
CLIP = 300
"""Frames to be read while we click."""


@dataclass(frozen=True, kw_only=True)
class PageOptions:
    """How much is measured."""

    frames: int = 10_000
    rounds: int = 5

    @property
    def warmup(self) -> int:
        """At 10,000 it fills the half minute that the live view remembers."""
        return self.frames // 10


@dataclass(frozen=True, kw_only=True)
class _Films:
    camera: Path
    clip: Path


def measure_page(
    site: Site,
    picture: Pixels,
    options: PageOptions,
    on_step: Callable[[str, int], None] = lambda part, done: None,
) -> PageResult:
    """Camera and clip show the picture. `on_step` hears how many "frames" and "rounds" are done."""
    with tempfile.TemporaryDirectory(prefix="facecast-bench-") as name:
        folder = Path(name)
        films = _films(picture, folder)
        (folder / "index.html").write_text("<!doctype html><title>Before the visit</title>")
        with Browser(
            mounts={SUB_PATH: site.folder, "/before": folder},
            page="/before/index.html",
            flags=camera_flags(films.camera),
        ) as browser:
            return _measure(browser, site, films, options, on_step)


def _measure(
    browser: Browser,
    site: Site,
    films: _Films,
    options: PageOptions,
    on_step: Callable[[str, int], None],
) -> PageResult:
    agent = str(browser.evaluate("() => navigator.userAgent"))
    others = Others()
    root = f"{browser.address}{SUB_PATH}/"
    visit = PageVisit(browser, root)
    first = measure_first_visit(visit, root, site.folder)
    live = measure_live(visit, options.frames, options.warmup, lambda done: on_step("frames", done))
    answers_ms = measure_clicks(
        visit, films.clip, options.rounds, lambda done: on_step("rounds", done)
    )
    return PageResult(
        machine=this_machine(agent),
        model=site.contract.name,
        variant=site.variant,
        others_share=others.share(),
        warmup=options.warmup,
        first=first,
        live=live,
        answers_ms=answers_ms,
    )


def _films(picture: Pixels, folder: Path) -> _Films:
    films = _Films(camera=folder / "camera.y4m", clip=folder / "clip.mkv")
    frames = list(swaying(picture, LOOP))
    write_camera(films.camera, frames)
    write_clip(films.clip, itertools.islice(itertools.cycle(frames), CLIP))
    return films
