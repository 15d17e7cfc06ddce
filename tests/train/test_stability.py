from __future__ import annotations

import numpy as np
import pytest

from face_detect.crop import Pixels
from train.calibration import Probabilities
from train.contract import Head
from train.stability import changed, stability

HEAD = Head(name="side", labels=("left", "right"), uncertain_below=0.6)


def brighter_side(crops: Pixels) -> Probabilities:
    """Says which half of a crop is brighter, the surer the greater the difference."""
    means = [crops[:, :, half].mean((1, 2, 3)) for half in (slice(0, 20), slice(20, 40))]
    right = 0.5 + (means[1] - means[0]) / 510
    return np.stack([1 - right, right], axis=1)


@pytest.fixture
def crops() -> Pixels:
    made = np.zeros((3, 40, 40, 3), np.uint8)
    made[:2, :, 20:] = 255
    return made


def test_an_answer_about_sides_stays_under_blur_but_not_in_the_mirror(crops: Pixels) -> None:
    found = stability(HEAD, crops[:2], np.ones(2, bool), brighter_side)
    assert found.whole.agreement == {"flip": 0.0, "blur": 1.0, "shift": 1.0}
    assert found.whole.steady == 0.0
    assert found.said == {"left": 0.0, "right": 1.0}


def test_a_face_not_found_is_counted_but_not_asked(crops: Pixels) -> None:
    found = stability(HEAD, crops, np.array([True, True, False]), brighter_side)
    assert found.whole.pictures == 3
    assert found.whole.found == pytest.approx(2 / 3)
    assert found.whole.uncertain == 0.0


def test_nothing_is_said_of_pictures_without_a_face(crops: Pixels) -> None:
    found = stability(HEAD, crops, np.zeros(3, bool), brighter_side).whole
    assert found.agreement == {"flip": None, "blur": None, "shift": None}
    assert (found.found, found.steady, found.uncertain) == (0.0, None, None)


def test_each_group_has_figures_of_its_own(crops: Pixels) -> None:
    groups = [("age", "old", np.array([False, False, True]))]
    found = stability(HEAD, crops, np.ones(3, bool), brighter_side, groups)
    assert found.slices[0].agreement["flip"] == 1.0
    assert found.slices[0].uncertain == 1.0


def test_a_shift_moves_by_a_part_of_the_side() -> None:
    crop = np.zeros((1, 100, 100, 3), np.uint8)
    crop[0, 50, 50] = 255
    places = [tuple(np.argwhere(copy[0, :, :, 0] == 255)[0]) for copy in changed(crop, "shift")]
    assert places == [(50, 53), (50, 47), (53, 50), (47, 50)]
