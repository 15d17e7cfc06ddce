"""All contestants in a real browser, on a film of a few frames."""

from __future__ import annotations

from typing import Any

import pytest

from benchmarks.pages import PACKAGES
from benchmarks.peers.measure import PeersOptions, measure_peers
from benchmarks.report.report import Report
from benchmarks.site import read_site

FRAMES = 8
RUNS = 4
WHOLE = {
    "detect_416_vs_faceapi",
    "frame_b0_vs_faceapi",
    "frame_b0_vs_human",
    "frame_b0_skipping_vs_faceapi",
    "frame_b0_skipping_vs_human",
    "frame_b0_skipping_reused_ratio",
    "classify_vs_ort",
    "classify_vs_litert",
    "faces_found_vs_faceapi",
}
pytestmark = pytest.mark.skipif(
    not PACKAGES.is_dir(), reason="benchmarks/node_modules is missing; make bench installs it"
)


@pytest.fixture(scope="module")
def report(site: Any) -> Report:
    return measure_peers(read_site(site), PeersOptions(frames=FRAMES, warmup=2, runs=RUNS))


def test_every_figure_is_there_and_a_ratio(report: Report) -> None:
    assert set(report.figures) == WHOLE
    assert all(0 <= value < 100 for value in report.figures.values())
    assert all(value > 0.01 for name, value in report.figures.items() if "_vs_" in name)


def test_each_pair_is_of_the_same_frames(report: Report) -> None:
    counts = {pairs.name: (len(pairs.ours), len(pairs.theirs)) for pairs in report.pairs}
    runs = {name: RUNS if name.startswith("classify") else FRAMES for name in counts}
    assert counts == {name: (count, count) for name, count in runs.items()}


def test_everybody_is_first_equally_often_and_nobody_does_two_frames_running(
    report: Report,
) -> None:
    firsts: Any = report.facts["first_of_a_frame"]
    told: Any = report.facts["contestants"]
    assert set(firsts) == set(told)
    assert max(firsts.values()) - min(firsts.values()) <= 1
    assert report.facts["two_frames_running"] == 0


def test_near_faces_are_found_by_all(report: Report) -> None:
    found: Any = report.facts["faces_found"]
    assert {name: parts["near"] for name, parts in found.items()} == dict.fromkeys(found, 4)


def test_our_detector_gives_face_apis_boxes(report: Report) -> None:
    agreement: Any = report.facts["agreement"]
    both = agreement["ours detect 416 and face-api detect 416"]
    assert both["iou_median"] > 0.99
    assert both["iou_90_share"] == 1


def test_all_runtimes_give_the_same_outputs(report: Report) -> None:
    apart: Any = report.facts["outputs_apart"]
    assert set(apart["emotion-b0"]) == {"onnxruntime-web", "litert"}
    assert max(apart["emotion-b0"].values()) < 1e-3


def test_so_few_samples_make_it_invalid(report: Report) -> None:
    assert "human · far · total: 4 samples, and 30 is the least" in report.validity.reasons
