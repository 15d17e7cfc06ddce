from __future__ import annotations

import numpy as np
import pytest

from face_detect.crop import Rect
from face_detect.letterbox import letterbox, letterbox_square


def test_the_picture_lies_top_left_on_black() -> None:
    square = letterbox(np.full((50, 100, 3), 9, np.uint8), 32).square
    assert square.shape == (32, 32, 3)
    assert (square[:16] == 9).all()
    assert (square[16:] == 0).all()


def test_halving_averages_four_pixels_and_drops_the_fraction() -> None:
    noise = np.random.default_rng(1).integers(0, 256, (64, 64, 3), dtype=np.uint8)
    means = noise.reshape(32, 2, 32, 2, 3).astype(int).sum(axis=(1, 3)) // 4
    assert np.array_equal(letterbox(noise, 32).square, means)


def test_a_picture_of_the_right_size_is_left_alone() -> None:
    noise = np.random.default_rng(2).integers(0, 256, (20, 32, 3), dtype=np.uint8)
    assert np.array_equal(letterbox(noise, 32).square[:20], noise)


def test_upscaling_repeats_the_edge_and_mixes_by_sixteenths() -> None:
    ramp = np.array([[0, 160]], np.uint8)[..., None].repeat(3, axis=2)
    row = letterbox(ramp, 32).square[0, :, 0]
    assert row[:8].tolist() == [0] * 8
    assert row[8:24].tolist() == [10 * i for i in range(16)]
    assert row[24:].tolist() == [160] * 8


def test_the_extent_follows_the_rounded_size() -> None:
    # 1280 · 416/1920 = 277.33 is rounded to 277 rows.
    boxed = letterbox(np.zeros((1280, 1920, 3), np.uint8), 416)
    assert boxed.extent_px == pytest.approx((1920, 1280 * 416 / 277))


def test_half_a_row_is_rounded_up() -> None:
    boxed = letterbox(np.full((45, 64, 3), 7, np.uint8), 32)
    assert (boxed.square[22] == 7).all()
    assert boxed.extent_px[1] == pytest.approx(45 * 32 / 23)


def test_a_line_of_pixels_keeps_one_row() -> None:
    assert letterbox(np.full((1, 500, 3), 5, np.uint8), 32).square[0].min() == 5


def test_a_square_of_the_picture_is_its_own_pixels() -> None:
    noise = np.random.default_rng(3).integers(0, 256, (60, 80, 3), dtype=np.uint8)
    boxed = letterbox_square(noise, Rect(x=20, y=10, side=32), 32)
    assert np.array_equal(boxed.square, noise[10:42, 20:52])
    assert boxed.extent_px == (32, 32)


def test_beyond_the_picture_a_square_is_black_and_the_edge_is_not_blended() -> None:
    bright = np.full((60, 80, 3), 200, np.uint8)
    square = letterbox_square(bright, Rect(x=-20, y=-20, side=64), 32).square
    assert (square[:10] == 0).all()
    assert (square[:, :10] == 0).all()
    assert (square[10:, 10:] == 200).all()


@pytest.mark.parametrize(("x", "y"), [(500, 0), (-500, 0), (0, 500), (0, -500)])
def test_a_square_beside_the_picture_is_black(x: int, y: int) -> None:
    bright = np.full((60, 80, 3), 200, np.uint8)
    assert not letterbox_square(bright, Rect(x=x, y=y, side=64), 32).square.any()


@pytest.mark.parametrize("shape", [(1, 40, 3), (40, 1, 3)])
def test_a_picture_of_one_line_that_is_smaller_than_half_a_pixel_is_black(
    shape: tuple[int, int, int],
) -> None:
    flat = np.full(shape, 200, np.uint8)
    assert not letterbox_square(flat, Rect(x=-450, y=-450, side=1000), 160).square.any()
