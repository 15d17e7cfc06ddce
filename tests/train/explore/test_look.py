from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from face_detect.box import Box
from face_detect.crop import Pixels
from tests.train.explore.made import drawn, record_of
from train.data.record import Record
from train.explore.look import SIDE, face_of, look_at


def no_step(done: int, total: int) -> None:
    pass


def level(value: int) -> Pixels:
    return np.full((48, 48, 3), value, np.uint8)


def test_every_picture_is_seen_small_and_grey() -> None:
    looks = look_at([record_of(drawn(0, 90)), record_of(drawn(1, 30))], no_step)
    assert looks.views.shape == (2, SIDE, SIDE)
    assert looks.sizes.tolist() == [[90, 90], [30, 30]]


def test_a_flat_picture_has_its_own_brightness_and_no_contrast() -> None:
    looks = look_at([record_of(level(70))], no_step)
    assert (looks.brightness[0], looks.contrast[0], looks.plain[0]) == (70, 0, 1)


def test_text_on_one_colour_is_plain() -> None:
    page = level(250)
    page[20:24, 5:40] = 0
    looks = look_at([record_of(page), record_of(drawn(0))], no_step)
    assert looks.plain[0] > 0.9
    assert looks.plain[1] < 0.3


def test_a_picture_that_cannot_be_read_is_named_and_the_rest_goes_on() -> None:
    broken = Record(name="broken.png", labels={}, read=lambda: b"\x89PNG, cut short")
    looks = look_at([broken, record_of(drawn(0))], no_step)
    assert len(looks.records) == len(looks.views) == 1
    assert [problem.name for problem in looks.problems] == ["broken.png"]
    assert looks.problems[0].kind == "is damaged or cut short"


def test_a_known_face_is_what_is_looked_at() -> None:
    photo = level(0).repeat(4, 0).repeat(4, 1)
    photo[100:140, 20:60] = 200
    known = dataclasses.replace(record_of(photo), box=Box(x=24, y=106, width=30, height=30))
    assert look_at([known], no_step).brightness[0] == pytest.approx(200)


def test_of_a_wide_picture_the_middle_is_shown() -> None:
    wide = np.zeros((10, 30, 3), np.uint8)
    wide[:, 10:20] = 255
    assert (face_of(wide, None, 10) == 255).all()


def test_a_face_at_the_corner_does_not_reach_out_of_its_picture() -> None:
    shown = face_of(drawn(0, 40), Box(x=-5, y=-5, width=20, height=20), 24)
    assert shown.shape == (24, 24, 3)
