from __future__ import annotations

import numpy as np
import pytest

from train.sequence.make_clips import Clips
from train.sequence.steadiness import steadiness

TRUTH = np.repeat([[0, 1]], 30, axis=1)
"""Ten answers a second: three seconds of one label, then three of another."""


def clips(best: np.ndarray) -> Clips:
    gaps = np.full((1, 60), 0.1, np.float32)
    gaps[0, 0] = 0
    return Clips(said=said(best), gaps_s=gaps, truth=TRUTH, stretch=TRUTH)


def said(best: np.ndarray) -> np.ndarray:
    certain: np.ndarray = np.eye(2, dtype=np.float32)[best]
    return certain


def test_answers_that_are_always_right_neither_flicker_nor_lag() -> None:
    found = steadiness(clips(TRUTH), said(TRUTH), uncertain_below=0.9)
    assert (found.flicker_per_s, found.delay_answers, found.accuracy, found.apart) == (0, 0, 1, 0)


def test_a_change_while_the_truth_stays_is_flicker_and_one_at_the_switch_is_delay() -> None:
    late = TRUTH.copy()
    late[0, 30:34] = 0
    late[0, 50] = 0
    found = steadiness(clips(TRUTH), said(late), uncertain_below=0.9)
    # Each stretch is 2.9 s long, and its first second does not count.
    assert found.flicker_per_s == pytest.approx(2 / 3.8)
    assert found.delay_answers == 4
    assert found.delay_ms == pytest.approx(400)
    assert found.accuracy == pytest.approx(55 / 60)
    assert found.apart == pytest.approx(5 / 60)


def test_a_still_that_the_model_takes_for_another_has_no_delay() -> None:
    wrong = np.zeros_like(TRUTH)
    assert steadiness(clips(wrong), said(wrong), uncertain_below=0.9).delay_answers == 0


def test_what_is_eased_is_uncertain_by_the_threshold_of_single_stills_while_it_turns() -> None:
    eased = said(TRUTH)
    eased[0, 30:33] = [[0.7, 0.3], [0.5, 0.5], [0.2, 0.8]]
    sure, found = (
        steadiness(clips(TRUTH), each, uncertain_below=0.75) for each in (said(TRUTH), eased)
    )
    assert sure.uncertain == 0
    assert found.uncertain == pytest.approx(2 / 60)
