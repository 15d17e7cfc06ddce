"""The built site, and copies of it that were slowed on purpose, in real browsers."""

from __future__ import annotations

import dataclasses
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import cast

import cv2
import numpy as np
import pytest

from benchmarks.firefox import find_firefox
from benchmarks.frame.measure import FrameOptions, measure_frame
from benchmarks.report.compare import compare
from benchmarks.report.report import Report
from benchmarks.report.validity import Validity
from benchmarks.site import Site, read_site
from benchmarks.windows import Where
from export.browser import Browser
from face_detect.command import InputError

FRAMES = 60
FEW = FrameOptions(frames=FRAMES, warmup=10)
STAGES = ("capture", "transfer", "detect", "crop", "classify", "post", "total")
SLOWED = dataclasses.replace(FEW, frames=12, warmup=2)
TIMES_AS_LONG = 5
"""However busy the machine is by then, it is not so much busier than it was before."""
SLOW_CAPTURE = """
const capture = createImageBitmap;
globalThis.createImageBitmap = (...given) =>
    new Promise((done) => setTimeout(done, LATE_MS)).then(() => capture(...given));
"""
SLOW_ANSWER = """
const post = self.postMessage.bind(self);
self.postMessage = (message) => { setTimeout(() => post(message), LATE_MS); };
"""


def measured(site: Path, options: FrameOptions = FEW) -> Report:
    """As on a machine that does nothing else: the tests' own may be busy."""
    report = measure_frame(read_site(site), options)
    return dataclasses.replace(report, validity=Validity(reasons=_own(report.validity.reasons)))


def _own(reasons: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(reason for reason in reasons if "found" in reason or "samples" in reason)


@pytest.fixture(scope="module")
def usual(site: Path) -> Report:
    return measured(site)


@pytest.fixture
def slowed(site: Path, tmp_path: Path, usual: Report) -> Callable[[str, str], Report]:
    """Of the site with a prelude before one of its scripts; few frames, for each takes long."""
    near, far = (
        series for series in usual.series if series.name.endswith(("near · total", "far · total"))
    )
    late_ms = str(TIMES_AS_LONG * max(near.summary.mean, far.summary.mean))

    def measure(script: str, prelude: str) -> Report:
        copy = tmp_path / "site"
        shutil.copytree(site, copy)
        (file,) = copy.glob(f"assets/{script}-*.js")
        file.write_text(prelude.replace("LATE_MS", late_ms) + file.read_text())
        return dataclasses.replace(measured(copy, SLOWED), validity=Validity())

    return measure


def test_each_stage_of_each_half_is_measured_in_every_frame(usual: Report) -> None:
    counts = {
        series.name: len(series.samples) for series in usual.series if "pass" not in series.name
    }
    name = "ours/emotion-b0"
    parts = ("near", "far")
    assert counts == {
        f"{name} · {part} · {stage}": FRAMES // 2 for part in parts for stage in STAGES
    }


def test_the_stages_are_all_of_a_frame(usual: Report) -> None:
    near = [series for series in usual.series if series.group == "ours/emotion-b0 · near"]
    parts = np.sum([series.samples for series in near if series.stage != "total"], axis=0)
    (total,) = (series.samples for series in near if series.stage == "total")
    assert parts == pytest.approx(total, abs=1)


def test_the_passes_over_the_whole_frame_are_told_apart(usual: Report) -> None:
    counts = {series.group: len(series.samples) for series in usual.series}
    whole = counts["ours/emotion-b0 · whole-frame pass"]
    assert 2 <= whole < FRAMES / 2
    assert counts["ours/emotion-b0 · near pass"] == FRAMES - whole


def test_no_tensor_stays_behind_and_nearly_every_face_is_found(usual: Report) -> None:
    assert usual.figures["tensor_drift"] == 0
    assert usual.figures["frames_processed"] == FRAMES
    assert usual.figures["faces_found"] > FRAMES * 0.8


@pytest.mark.parametrize(
    ("script", "prelude", "stage"),
    [("facecast", SLOW_CAPTURE, "capture"), ("worker", SLOW_ANSWER, "transfer")],
)
def test_a_site_that_was_slowed_is_slower_in_that_stage(
    usual: Report, slowed: Callable[[str, str], Report], script: str, prelude: str, stage: str
) -> None:
    changes = {change.name: change for change in compare(usual, slowed(script, prelude)).changes}
    for part in ("near", "far"):
        total = changes[f"ours/emotion-b0 · {part} · total"]
        assert (total.verdict, total.stage) == ("slower", stage)


def test_what_the_browser_holds_is_told(usual: Report) -> None:
    assert usual.figures["browser_memory_mb"] > 50


def test_a_camera_in_firefox_is_refused() -> None:
    options = dataclasses.replace(FEW, camera=True, where=Where(browser="firefox"))
    with pytest.raises(InputError, match="Firefox has no camera"):
        measure_frame(cast(Site, None), options)


def test_a_camera_is_read_at_its_own_pace(site: Path) -> None:
    live = measured(site, dataclasses.replace(FEW, camera=True))
    assert live.figures["results_per_s"] <= 31
    assert live.figures["frames_presented"] >= live.figures["frames_processed"] == FRAMES
    assert live.figures["long_tasks"] >= 0


def test_where_no_face_is_found_the_run_is_invalid(site: Path, tmp_path: Path) -> None:
    blank = tmp_path / "blank.png"
    cv2.imwrite(str(blank), np.full((480, 640, 3), 90, np.uint8))
    assert measured(site, dataclasses.replace(FEW, pictures=[blank])).validity.reasons == (
        f"the face was found in none of {FRAMES} frames",
    )


@pytest.mark.skipif(find_firefox() is None, reason="no Firefox is installed here")
def test_firefox_finds_the_same_faces(site: Path, usual: Report) -> None:
    fox = measured(site, dataclasses.replace(FEW, where=Where(browser="firefox")))
    assert fox.figures["faces_found"] == usual.figures["faces_found"]
    assert "Firefox" in str(fox.environment.browser)


def test_a_browser_that_runs_already_is_measured_and_left_alone(
    site: Path, tmp_path: Path, usual: Report
) -> None:
    (tmp_path / "index.html").write_text("<title>somebody's page</title>")
    with Browser(mounts={"/": tmp_path}, page="/index.html", flags=()) as running:
        running.evaluate("() => 1")  # it has started
        port, path = (running.profile / "DevToolsActivePort").read_text().split()
        where = Where(cdp=f"ws://127.0.0.1:{port}{path}")
        report = measured(site, dataclasses.replace(FEW, where=where))
        assert report.figures["faces_found"] == usual.figures["faces_found"]
        assert (report.environment.system, report.environment.memory_bytes) == ("unknown", 0)
        assert running.evaluate("() => document.title") == "somebody's page"
