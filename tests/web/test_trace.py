"""A clip through the page's pipeline in a real browser, beside `trace` in Python."""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt
import pytest

from export.browser import Browser
from export.options import Options
from export.pipeline import export
from face_detect.box import Box
from face_detect.build import build_tracker
from face_detect.crop import Pixels
from face_detect.media import Frame, read_frames, read_picture
from tests.web.conftest import DEMO, ROOT
from train.checkpoint import load
from train.contract import Contract
from train.trace import trace
from train.trace_file import Trace

FRAMES, RATE_HZ = 40, 30
WIDTH, HEIGHT = 400, 300
HIDDEN = range(20, 24)
CENTRE = (1180, 380)
"""Of one face in the picture."""
CLOSE = 0.02
MILLISECOND = 0.0011
"""Matroska counts in them, and rounds."""


@dataclass(frozen=True, kw_only=True)
class Seen:
    """What the page said of each frame, and the frame as its browser decoded it."""

    frames: list[Frame]
    boxes: list[Box | None]
    probabilities: npt.NDArray[np.float64]

    @classmethod
    def told(cls, said: dict[str, Any], contract: Contract) -> Seen:
        shape = (said["height"], said["width"], 4)
        frames = []
        for number, each in enumerate(said["frames"]):
            rgba = np.frombuffer(base64.b64decode(each["rgba"]), np.uint8).reshape(shape)
            frames.append(Frame(rgb=rgba[..., :3], index=number, time_s=each["time_s"]))
        none = [np.nan] * len(contract.heads[0].labels)
        answers = [each["probabilities"][0] if each["box"] else none for each in said["frames"]]
        return cls(
            frames=frames,
            boxes=[Box(**each["box"]) if each["box"] else None for each in said["frames"]],
            probabilities=np.array(answers),
        )


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """With the model that the page loads unasked, in the weights that it loads. What the export
    would have its own browser say of them, the clip says here."""
    out = tmp_path_factory.mktemp("site") / "dist"
    model = ROOT / "models" / "emotion-slim"
    options = Options(models=(model,), out=out, web=ROOT / "web", unproven=True)
    export(options, lambda name, model: None)
    return out / "site"


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A face that wanders, comes nearer and goes away again, and is hidden for some frames."""
    path = tmp_path_factory.mktemp("film") / "face.webm"
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"VP80"), RATE_HZ, (WIDTH, HEIGHT))
    picture = read_picture(DEMO / "sample3.jpg")
    for number in range(FRAMES):
        writer.write(cv2.cvtColor(view(picture, number), cv2.COLOR_RGB2BGR))
    writer.release()
    return path


def view(picture: Pixels, number: int) -> Pixels:
    """The picture moved and scaled; grey while the face is hidden."""
    if number in HIDDEN:
        return np.full((HEIGHT, WIDTH, 3), 128, np.uint8)
    part = number / FRAMES * 2 * np.pi
    scale = 0.5 + 0.15 * np.sin(part)
    across = WIDTH / 2 - CENTRE[0] * scale + 30 * np.sin(2 * part)
    down = HEIGHT / 2 - CENTRE[1] * scale
    matrix = np.array([[scale, 0, across], [0, scale, down]])
    return cv2.warpAffine(picture, matrix, (WIDTH, HEIGHT)).astype(np.uint8)


@pytest.fixture(scope="module")
def contract(site: Path) -> Contract:
    """Of the model that the site shows first."""
    manifest = json.loads((site / "manifest.json").read_text())
    entry = next(each for each in manifest["models"] if each["name"] == manifest["default"])
    return Contract.read(site / entry["contract"])


@pytest.fixture(scope="module")
def decoded(film: Path) -> list[Frame]:
    """As Python's own decoder has it."""
    return list(read_frames(film))


@pytest.fixture(scope="module")
def on_browsers_frames(seen: Seen, contract: Contract) -> Trace:
    return traced(seen.frames, contract)


@pytest.fixture(scope="module")
def each_way(web_build: Path, site: Path, film: Path, contract: Contract) -> dict[str, Seen]:
    mounts = {"/harness": web_build / "harness", "/site": site, "/film": film.parent}
    asked = {"site": "/site/", "clip": f"/film/{film.name}"}
    with Browser(mounts=mounts) as harness:
        return {
            how: Seen.told(harness.call("traceClip", {**asked, "how": how}), contract)
            for how in ("decoder", "seeking")
        }


@pytest.fixture(scope="module")
def seen(each_way: dict[str, Seen]) -> Seen:
    return each_way["decoder"]


def traced(frames: list[Frame], contract: Contract) -> Trace:
    net, _ = load(ROOT / "models" / contract.name)
    wanted = contract.crop
    tracker = build_tracker(wanted.detector, size=wanted.detector_size, look=wanted.second_look)
    return trace(frames, contract, net, tracker)


def first_head(found: Trace) -> npt.NDArray[np.float64]:
    none = [np.nan] * len(found.heads[0].labels)
    return np.array([m.probabilities[0] if m.probabilities else none for m in found.moments])


def test_by_seeking_the_page_sees_the_same(each_way: dict[str, Seen]) -> None:
    decoded, sought = each_way["decoder"], each_way["seeking"]
    for one, other in zip(decoded.frames, sought.frames, strict=True):
        assert one.time_s == other.time_s
        np.testing.assert_array_equal(one.rgb, other.rgb)
    assert decoded.boxes == sought.boxes


def test_each_frame_is_seen_at_its_time(seen: Seen, decoded: list[Frame]) -> None:
    expected = [frame.time_s for frame in decoded]
    assert [frame.time_s for frame in seen.frames] == pytest.approx(expected, abs=MILLISECOND)


def test_both_follow_the_same_box(seen: Seen, on_browsers_frames: Trace) -> None:
    for box, moment in zip(seen.boxes, on_browsers_frames.moments, strict=True):
        assert (box is None) == (moment.box is None)
        if box and moment.box:
            assert box.iou(moment.box) >= 0.999


def test_a_hidden_face_is_lost_and_found_again(seen: Seen) -> None:
    assert [number for number, box in enumerate(seen.boxes) if box is None] == list(HIDDEN)


def test_on_the_browsers_frames_the_curve_is_pythons(seen: Seen, on_browsers_frames: Trace) -> None:
    differences = np.abs(first_head(on_browsers_frames) - seen.probabilities)
    assert np.nanmax(differences) <= CLOSE


def test_through_each_decoder_the_curve_is_the_same_on_average(
    seen: Seen, decoded: list[Frame], contract: Contract
) -> None:
    differences = np.abs(first_head(traced(decoded, contract)) - seen.probabilities)
    assert np.nanmean(differences) <= CLOSE
