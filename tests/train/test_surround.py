from __future__ import annotations

from typing import get_args

import numpy as np
import pytest

from face_detect.crop import Pixels
from train.surround import Surroundings, surround


@pytest.fixture
def picture() -> Pixels:
    return np.random.default_rng(0).integers(0, 256, (16, 16, 3), dtype=np.uint8)


@pytest.mark.parametrize("kind", get_args(Surroundings))
def test_the_picture_itself_stays_what_it_is(picture: Pixels, kind: Surroundings) -> None:
    wide = surround(picture, 20, kind)
    assert wide.shape == (56, 56, 3)
    assert np.array_equal(wide[20:36, 20:36], picture)


def test_the_outermost_pixels_go_on(picture: Pixels) -> None:
    wide = surround(picture, 20, "replicate")
    assert (wide[:20, 25] == picture[0, 5]).all()


def test_the_mean_has_the_pictures_own_level(picture: Pixels) -> None:
    wide = surround(picture, 20, "mean")
    assert np.abs(wide[0, 0] - picture.mean((0, 1))).max() <= 0.5


def test_out_of_focus_varies_less_than_the_mirrored_picture(picture: Pixels) -> None:
    soft, sharp = (surround(picture, 20, kind)[:20].std() for kind in ("blurred", "reflect"))
    assert soft < sharp / 2
