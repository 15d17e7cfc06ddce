from __future__ import annotations

import numpy as np

from tests.train.explore.made import drawn, record_of
from train.explore.features import features
from train.explore.look import look_at
from train.explore.neighbours import neighbours
from train.explore.odd import Odd, find_odd


def odd_in(*pictures: np.ndarray[tuple[int, ...], np.dtype[np.uint8]]) -> Odd:
    looks = look_at([record_of(picture) for picture in pictures], lambda done, total: None)
    return find_odd(looks, neighbours(features(looks.views)))


def test_black_is_flat_and_text_is_plain_and_a_face_is_neither() -> None:
    black = np.zeros((48, 48, 3), np.uint8)
    page = np.full((48, 48, 3), 250, np.uint8)
    page[20:28, 5:40] = 0
    odd = odd_in(drawn(0), black, page)
    assert (odd.flat, odd.plain) == ((1,), (2,))


def test_the_one_unlike_all_others_is_lonely() -> None:
    alike = [drawn(0) // 2 + np.uint8(step) for step in range(8)]
    assert odd_in(*alike, drawn(5)).lonely[0] == 8


def test_no_picture_is_in_two_lists() -> None:
    odd = odd_in(np.zeros((48, 48, 3), np.uint8), drawn(0), drawn(1))
    assert not set(odd.flat) & {*odd.plain, *odd.lonely}
