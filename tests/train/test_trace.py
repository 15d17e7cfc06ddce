from __future__ import annotations

import dataclasses
import math

import numpy as np
import pytest
import torch
from torch import Tensor, nn

from face_detect.box import Box
from face_detect.crop import Pixels, Rect
from face_detect.media import Frame
from face_detect.second_look import SecondLook
from face_detect.tracker import Tracker
from train.contract import Contract, Head
from train.sequence.follow import Follower
from train.sequence.sequence_head import SequenceHead
from train.trace import PROBABILITY_CONSTANT_MS, trace
from train.trace_file import Trace

FACE = Box(x=8, y=8, width=16, height=16, score=0.9)


class Brightness(nn.Module):
    """Bright is happy, dark is sad."""

    def forward(self, x: Tensor) -> Tensor:
        level = x.mean((1, 2, 3))
        return torch.stack([level, -level], 1)


@pytest.fixture
def tracker() -> Tracker:
    """Sees a face in every frame that is not black."""

    def seen(rgb: Pixels) -> list[Box]:
        return [FACE] if rgb.any() else []

    def near(rgb: Pixels, rect: Rect) -> list[Box]:
        return seen(rgb)

    return Tracker(whole=seen, near=near, look=SecondLook())


def film(*levels: int, step_s: float = 0.1) -> list[Frame]:
    return [
        Frame(rgb=np.full((32, 32, 3), level, np.uint8), index=i, time_s=i * step_s)
        for i, level in enumerate(levels)
    ]


def happy(found: Trace) -> list[float | None]:
    return [m.probabilities[0][0] if m.probabilities else None for m in found.moments]


def test_each_frame_is_a_moment_and_one_without_a_face_is_empty(
    contract: Contract, tracker: Tracker
) -> None:
    found = trace(film(200, 0, 60), contract, Brightness(), tracker)
    assert [moment.index for moment in found.moments] == [0, 1, 2]
    assert [moment.box for moment in found.moments] == [FACE, None, FACE]
    bright, none, dark = happy(found)
    assert none is None
    assert bright is not None
    assert dark is not None
    assert bright > 0.5 > dark


def test_probabilities_are_calibrated(contract: Contract, tracker: Tracker) -> None:
    (head,) = contract.heads
    cool = dataclasses.replace(contract, heads=(dataclasses.replace(head, temperature=0.5),))
    plain, sharp = (
        happy(trace(film(200), made, Brightness(), tracker))[0] for made in (contract, cool)
    )
    assert plain is not None
    assert sharp is not None
    assert math.log(sharp / (1 - sharp)) == pytest.approx(2 * math.log(plain / (1 - plain)))


def test_below_the_contracts_threshold_a_frame_is_uncertain(
    contract: Contract, tracker: Tracker
) -> None:
    head = Head(name="emotion", labels=("happy", "sad"), uncertain_below=0.7)
    unsure = dataclasses.replace(contract, heads=(head,))
    found = trace(film(255, 128), unsure, Brightness(), tracker)
    assert [moment.uncertain for moment in found.moments] == [(False,), (True,)]


def test_below_the_contracts_energy_a_frame_is_unfamiliar_and_so_uncertain(
    contract: Contract, tracker: Tracker
) -> None:
    head = Head(name="emotion", labels=("happy", "sad"), familiar_above=1.5)
    telling = dataclasses.replace(contract, heads=(head,))
    found = trace(film(255, 128), telling, Brightness(), tracker)
    assert [moment.unfamiliar for moment in found.moments] == [(False,), (True,)]
    assert [moment.uncertain for moment in found.moments] == [(False,), (True,)]


def test_every_head_has_its_probabilities(contract: Contract, tracker: Tracker) -> None:
    heads = tuple(Head(name=name, labels=("a", "b")) for name in ("one", "two"))
    double = dataclasses.replace(contract, heads=heads)

    (moment,) = trace(film(200), double, Twice(), tracker).moments
    assert moment.probabilities is not None
    assert moment.probabilities[0] == moment.probabilities[1]


def test_smoothed_a_change_comes_through_by_63_percent_in_a_quarter_of_a_second(
    contract: Contract, tracker: Tracker
) -> None:
    frames = film(60, 200, step_s=PROBABILITY_CONSTANT_MS / 1000)
    before, after = happy(trace(frames, contract, Brightness(), tracker))
    tracker.reset()
    _, eased = happy(trace(frames, contract, Brightness(), tracker, smooth=True))
    assert before is not None
    assert after is not None
    assert eased == pytest.approx(before + (after - before) * (1 - math.exp(-1)))


def test_a_face_that_was_lost_begins_anew_when_smoothed(
    contract: Contract, tracker: Tracker
) -> None:
    found = happy(trace(film(60, 0, 200), contract, Brightness(), tracker, smooth=True))
    tracker.reset()
    assert found[2] == happy(trace(film(200), contract, Brightness(), tracker))[0]


@pytest.fixture
def followed(contract: Contract) -> Contract:
    """Of two heads, the second is followed."""
    heads = tuple(Head(name=name, labels=("happy", "sad")) for name in ("other", "emotion"))
    sequence = SequenceHead(2, 4).described(heads[1])
    return dataclasses.replace(contract, heads=heads, sequence=sequence)


class Twice(nn.Module):
    """The same for both heads."""

    def forward(self, x: Tensor) -> Tensor:
        return Brightness().forward(x).repeat(1, 2)


@pytest.mark.parametrize("levels", [(60, 200, 90), (60, 0, 200)])
def test_smoothed_a_sequence_head_answers_for_the_head_that_it_follows(
    followed: Contract, tracker: Tracker, levels: tuple[int, ...]
) -> None:
    with torch.random.fork_rng():
        torch.manual_seed(0)
        sequence = SequenceHead(2, 4).eval()
    frames = film(*levels)
    own = trace(frames, followed, Twice(), tracker).moments
    tracker.reset()
    eased = trace(frames, followed, Twice(), tracker, smooth=True, sequence=sequence).moments
    assert followed.sequence is not None
    face = Follower(sequence, followed.sequence)
    for before, after in zip(own, eased, strict=True):
        if before.probabilities is None or after.probabilities is None:
            face = Follower(sequence, followed.sequence)
            continue
        told = face.next(before.probabilities[1], before.time_s * 1000)
        assert after.probabilities[1] == pytest.approx(told, abs=1e-6)
    if 0 not in levels:
        last = eased[-1].probabilities
        assert last is not None
        assert last[0] != pytest.approx(last[1], abs=1e-3)


def test_a_picture_is_no_frame_of_a_clip(contract: Contract, tracker: Tracker) -> None:
    with pytest.raises(ValueError, match="have an index and a time"):
        trace([Frame(rgb=film(200)[0].rgb)], contract, Brightness(), tracker)


def test_progress_hears_of_every_frame(contract: Contract, tracker: Tracker) -> None:
    heard: list[int] = []
    trace(film(200, 0), contract, Brightness(), tracker, on_moment=lambda m: heard.append(m.index))
    assert heard == [0, 1]
