"""Ratios of contestants whose times and boxes are made up."""

from __future__ import annotations

from types import SimpleNamespace
from typing import cast

from benchmarks.outcome import Outcome
from benchmarks.peers.figures import (
    backends_apart,
    detect_pairs,
    different_boxes,
    faces_found,
    found_nothing,
    frame_pairs,
    net_pairs,
    never_reused,
    reused_ratios,
)
from benchmarks.peers.turns import Turns
from benchmarks.shots import Shot
from face_detect.box import Box

SHOTS = [Shot(part="far", picture="far.png", x=0, y=0, width=640, height=480)] * 2
HERE = Box(x=0, y=0, width=10, height=10)
THERE = Box(x=4, y=0, width=10, height=10)


def turns(**outcomes: list[Outcome]) -> Turns:
    """By names in which _ stands for whatever Python's may not hold."""
    own = {name.replace("__", "/").replace("_", "-"): seen for name, seen in outcomes.items()}
    named = {name.replace("-detect-", " detect "): seen for name, seen in own.items()}

    def times_ms(name: str) -> tuple[float, ...]:
        return tuple(outcome.ms for outcome in named[name])

    return cast(Turns, SimpleNamespace(outcomes=named, times_ms=times_ms))


def took(*times_ms: float, box: Box | None = HERE, values: tuple[float, ...] = ()) -> list[Outcome]:
    return [Outcome(ms=ms, box=box, values=values) for ms in times_ms]


def test_a_frame_is_a_ratio_of_mean_totals() -> None:
    seen = turns(ours__emotion_slim=took(1, 3), face_api=took(10, 10))
    seen.outcomes["ours/emotion-slim skipping"] = took(1, 1)
    pairs = {one.name: one.ratio.mean_ratio for one in frame_pairs(["emotion-slim"], seen)}
    assert pairs == {"frame_slim_vs_faceapi": 5, "frame_slim_skipping_vs_faceapi": 10}


def test_the_same_boxes_make_detectors_comparable() -> None:
    seen = turns(ours_detect_416=took(2, 2), face_api_detect_416=took(8, 8))
    assert not list(different_boxes(seen))
    assert [one.name for one in detect_pairs(seen)] == ["detect_416_vs_faceapi"]


def test_other_boxes_do_not() -> None:
    seen = turns(ours_detect_416=took(2, 2), face_api_detect_416=took(8, 8, box=THERE))
    assert list(different_boxes(seen)) == [
        "our boxes at detect 416 are not face-api's (median IoU 0.43)"
    ]


def test_the_main_nets_figures_bear_no_name() -> None:
    seen = turns(
        ours__emotion_b0=took(2, values=(1.0,)),
        onnxruntime_web=took(3, values=(1.0005,)),
        litert=took(1, values=(1.0,)),
    )
    names = [one.name for one in net_pairs("emotion-b0", seen)]
    assert names == ["classify_vs_ort", "classify_vs_litert"]


def test_a_runtime_with_other_outputs_has_no_figure() -> None:
    seen = turns(ours__emotion_slim=took(2, values=(1.0,)), onnxruntime_web=took(3, values=(1.01,)))
    assert list(net_pairs("emotion-slim", seen)) == []


def test_faces_count_for_the_model_that_finds_fewest() -> None:
    outcomes = {
        "ours/a": [*took(1), *took(1, box=None)],
        "ours/b": took(1, 1),
        "face-api": took(1, 1),
    }
    assert faces_found(["a", "b"], SHOTS, outcomes) == {"faces_found_vs_faceapi": 0.5}


def test_faces_count_in_the_part_with_the_fewest() -> None:
    near, far = (
        Shot(part=part, picture="", x=0, y=0, width=640, height=480) for part in ("near", "far")
    )
    shots = [*[near] * 8, *[far] * 2]
    outcomes = {"ours/a": [*took(*[1] * 9), *took(1, box=None)], "face-api": took(*[1] * 10)}
    assert faces_found(["a"], shots, outcomes) == {"faces_found_vs_faceapi": 0.5}


def test_a_detector_that_misses_faces_is_not_comparable() -> None:
    mine = [*took(*[2] * 9), *took(2, box=None)]
    seen = turns(ours_detect_416=mine, face_api_detect_416=took(*[8] * 10))
    assert list(different_boxes(seen)) == [
        "ours at detect 416 finds a face in 90% of face-api's frames, under 95%"
    ]


def test_who_finds_nothing_is_named() -> None:
    outcomes = {"ours/a": took(1, 1), "human": took(1, 1, box=None)}
    assert list(found_nothing(SHOTS, outcomes)) == ["human found the face in none of 2 frames"]


def skipping(*reused: int) -> dict[str, list[Outcome]]:
    return {"ours/emotion-slim skipping": [Outcome(ms=1, reused=count) for count in reused]}


def test_the_share_of_frames_in_which_a_classifier_rested_is_a_figure() -> None:
    figures = dict(reused_ratios(["emotion-slim"], skipping(0, 1, 2, 0)))
    assert figures == {"frame_slim_skipping_reused_ratio": 0.5}
    assert not list(never_reused(skipping(0, 1)))


def test_who_never_skipped_a_frame_is_named() -> None:
    (reason,) = never_reused({**skipping(0, 0), "ours/emotion-slim": took(1, 1)})
    assert reason == "ours/emotion-slim skipping classified each of 2 frames anew"


def test_ours_on_different_backends_are_named_and_others_do_not_matter() -> None:
    frames = {"ours/a": {"backend": "simd"}, "ours detect 416": {"backend": "simd"}}
    peers = {"face-api": {"backend": "wasm"}, "human": {}}
    assert not list(backends_apart([{**frames, **peers}]))
    assert list(backends_apart([frames, {"ours/a": {"backend": "wasm"}}])) == [
        "ours ran on different backends: simd, wasm"
    ]
