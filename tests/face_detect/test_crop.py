from __future__ import annotations

import tracemalloc

import numpy as np
import pytest

from face_detect.box import Box
from face_detect.crop import CropRule, Pixels, Rect, crop, grey, sample

# (x, y, side) of squares that reach over one edge of an 8 × 6 picture, or over a corner
OVER_AN_EDGE = [(-2, 1, 4), (6, 1, 4), (2, -2, 4), (2, 4, 4), (-1, -1, 9)]


@pytest.fixture
def picture() -> Pixels:
    return np.random.default_rng(7).integers(0, 256, (6, 8, 3), dtype=np.uint8)


def test_a_crop_of_its_own_size_is_the_picture_itself(picture: Pixels) -> None:
    cut = sample(picture, Rect(x=2, y=1, side=4), 4)
    assert np.array_equal(cut, picture[1:5, 2:6])


@pytest.mark.parametrize(("x", "y", "side"), OVER_AN_EDGE)
def test_a_box_at_the_edge_is_padded_not_shifted(
    picture: Pixels, x: int, y: int, side: int
) -> None:
    around = np.pad(picture, ((9, 9), (9, 9), (0, 0)), mode="edge")
    cut = sample(picture, Rect(x=x, y=y, side=side), side)
    assert np.array_equal(cut, around[y + 9 : y + 9 + side, x + 9 : x + 9 + side])


@pytest.mark.parametrize(("x", "y", "side"), OVER_AN_EDGE)
def test_a_black_edge_is_black_and_leaves_the_picture_alone(
    picture: Pixels, x: int, y: int, side: int
) -> None:
    around = np.pad(picture, ((9, 9), (9, 9), (0, 0)))
    cut = sample(picture, Rect(x=x, y=y, side=side), side, "black")
    assert np.array_equal(cut, around[y + 9 : y + 9 + side, x + 9 : x + 9 + side])


def test_a_square_wholly_outside_repeats_the_nearest_corner(picture: Pixels) -> None:
    cut = sample(picture, Rect(x=-50, y=-50, side=4), 2)
    assert np.array_equal(cut, np.broadcast_to(picture[0, 0], (2, 2, 3)))


def test_upscaling_by_two_mixes_quarters() -> None:
    line = np.zeros((2, 2, 3), np.uint8)
    line[:, 1] = 100
    assert sample(line, Rect(x=0, y=0, side=2), 4)[0, :, 0].tolist() == [0, 25, 75, 100]


def test_halving_averages_four_pixels_and_rounds_half_up() -> None:
    block = np.array([[0, 1], [0, 1]], np.uint8)[..., None].repeat(3, axis=2)
    assert sample(block, Rect(x=0, y=0, side=2), 1).tolist() == [[[1, 1, 1]]]


def test_shrinking_below_half_averages_the_whole_area() -> None:
    columns = np.zeros((5, 5, 3), np.uint8)
    columns[:, 2] = 250
    # Each of the two outputs spans 2.5 columns, so half of the middle one falls to each.
    assert sample(columns, Rect(x=0, y=0, side=5), 2)[..., 0].tolist() == [[50, 50], [50, 50]]


def test_transparency_is_left_out(picture: Pixels) -> None:
    rgba = np.dstack([picture, np.zeros((6, 8), np.uint8)])
    rect = Rect(x=1, y=1, side=3)
    assert np.array_equal(sample(rgba, rect, 5), sample(picture, rect, 5))


def test_the_rule_squares_the_longer_side_about_a_shifted_centre() -> None:
    rule = CropRule(scale=1.5, shift_x=0.1, shift_y=-0.2)
    rect = rule.rect(Box(x=100, y=200, width=40, height=20))
    assert rect == Rect(x=100 + 20 + 4 - 30, y=200 + 10 - 8 - 30, side=60)


def test_halves_are_rounded_up_as_in_javascript() -> None:
    plain = CropRule(scale=1, shift_y=0)
    assert plain.rect(Box(x=-0.5, y=0.5, width=2.5, height=1)) == Rect(x=-1, y=0, side=3)


def test_a_vanishing_box_still_gives_a_pixel(picture: Pixels) -> None:
    dot = Box(x=2, y=2, width=0.01, height=0.01)
    assert crop(picture, dot, CropRule(), 3).shape == (3, 3, 3)


def test_grey_is_bt601_rounded_half_up() -> None:
    primaries = np.array([[[255, 0, 0], [0, 255, 0], [0, 0, 255], [255, 255, 255]]], np.uint8)
    assert grey(primaries)[0, :, 0].tolist() == [76, 150, 29, 255]


def test_many_pictures_turn_grey_in_hardly_more_memory_than_they_come_to() -> None:
    pictures = np.random.default_rng(0).integers(0, 256, (50, 64, 64, 3), dtype=np.uint8)
    tracemalloc.start()
    found = grey(pictures)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 2 * found.nbytes
    assert np.array_equal(found[7], grey(pictures[7]))
