import dataclasses

import pytest

from benchmarks.frame.found import Found
from benchmarks.frame.read import Seen
from benchmarks.outcome import Outcome
from benchmarks.shots import Shot
from face_detect.box import Box

SHOT = Shot(part="camera", picture="", x=0, y=0, width=640, height=480)
BOX = Box(x=0, y=0, width=9, height=9)


def outcome(tensors: int = 5, whole: int = 0, box: Box | None = BOX) -> Outcome:
    return Outcome(ms=4, box=box, stages={"detect": 3, "total": 4}, whole=whole, tensors=tensors)


def found(*outcomes: Outcome, dropped: int = 0, long_tasks_ms: tuple[float, ...] = ()) -> Found:
    seen = Seen(
        shots=(SHOT,) * len(outcomes),
        outcomes=outcomes,
        dropped=dropped,
        seconds=0.5,
        long_tasks_ms=long_tasks_ms,
    )
    return Found(name="ours/b0", seen=seen, warmup=0)


def test_what_was_dropped_was_presented_too() -> None:
    figures = found(*[outcome()] * 15, dropped=3, long_tasks_ms=(60.0,)).figures()
    assert (figures["frames_presented"], figures["frames_processed"]) == (18, 15)
    assert (figures["frames_dropped"], figures["long_tasks"]) == (3, 1)
    assert figures["results_per_s"] == 30


@pytest.mark.parametrize("last", [3, 7])
def test_a_tensor_more_or_less_is_a_drift(last: int) -> None:
    assert found(outcome(tensors=5), outcome(tensors=last)).figures()["tensor_drift"] == 2


def test_frames_that_become_slower_say_so() -> None:
    frames = [dataclasses.replace(outcome(), ms=ms) for ms in (4, 4, 4, 4, 6, 6)]
    (reason,) = found(*frames).drifts()
    assert "1.50 times as long" in reason
    assert not list(found(*[outcome()] * 6).drifts())


def test_looks_at_the_whole_frame_are_a_series_of_their_own() -> None:
    series = found(outcome(whole=1), outcome(), outcome()).series()
    whole = [one for one in series if one.group == "ours/b0 · whole-frame pass"]
    assert [(one.stage, len(one.samples)) for one in whole] == [("detect", 1), ("total", 1)]


def test_a_run_without_a_face_says_so() -> None:
    reasons = list(found(*[outcome(box=None)] * 40).problems())
    assert reasons == ["the face was found in none of 40 frames"]
