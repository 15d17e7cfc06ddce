from __future__ import annotations

import dataclasses

import cv2
import numpy as np
import pytest

from face_detect.box import Box
from face_detect.command import InputError
from face_detect.crop import Pixels
from train.contract import Crop
from train.data.dataset import Dataset
from train.data.record import Record
from train.framing import LEAST_CONTROLS, FramingOptions, measure_framing

# Not those that mirror: this detector would take the mirrored face for part of the face.
OPTIONS = FramingOptions(side_px=96, pad=1.0, surroundings=("replicate", "grey", "mean"))


class FindsWhite:
    """A detector whose faces are white; in pictures of one width its boxes are too large."""

    name = "white"

    def __init__(self, swollen_at: int = 0) -> None:
        self.swollen_at = swollen_at

    def detect(self, rgb: Pixels) -> list[Box]:
        rows, columns = np.nonzero(rgb[..., 0] > 190)
        if not len(rows):
            return []
        x, y = int(columns.min()), int(rows.min())
        box = Box(x=x, y=y, width=int(columns.max()) + 1 - x, height=int(rows.max()) + 1 - y)
        return [_swollen(box) if rgb.shape[1] == self.swollen_at else box]


def _swollen(box: Box) -> Box:
    more = 0.125 * box.width
    return dataclasses.replace(
        box,
        x=box.x - more,
        y=box.y - more,
        width=box.width + 2 * more,
        height=box.height + 2 * more,
    )


def pictures(count: int, side: int, face: tuple[int, int, int]) -> Dataset:
    """Dark pictures with a white square each: left, top and side."""
    left, top, width = face
    picture = np.zeros((side, side, 3), np.uint8)
    picture[top : top + width, left : left + width] = 255
    content = cv2.imencode(".png", picture)[1].tobytes()
    records = tuple(Record(name=f"{i}.png", labels={}, read=lambda: content) for i in range(count))
    return Dataset(name="made", format="folder", framing="crop", records=records)


def test_the_rule_is_that_which_would_cut_the_pictures_around_their_faces() -> None:
    report = measure_framing(pictures(3, 48, (8, 10, 32)), Crop(), OPTIONS, detector=FindsWhite())
    assert report.scale == pytest.approx(48 / 32, abs=0.05)
    assert report.shift_x == pytest.approx(0, abs=0.01)
    assert report.shift_y == pytest.approx((24 - 26) / 32, abs=0.01)


def test_the_same_face_everywhere_asks_for_no_jitter() -> None:
    report = measure_framing(pictures(3, 48, (8, 10, 32)), Crop(), OPTIONS, detector=FindsWhite())
    assert (report.scale_sd, report.shift_sd) == (0, 0)


def test_the_jitter_is_what_most_pictures_spread() -> None:
    records = [record for x in range(4, 13) for record in pictures(1, 48, (x, 10, 32)).records]
    dataset = dataclasses.replace(pictures(1, 48, (8, 10, 32)), records=tuple(records))
    report = measure_framing(dataset, Crop(), OPTIONS, detector=FindsWhite())
    spread = report.measured[0].shift_x
    assert spread.robust_sd == pytest.approx((0.8 * 8 / 32) / 2.563, rel=0.1)
    assert report.scale_sd == pytest.approx(0)


def test_what_the_surroundings_do_to_a_box_is_taken_off_by_a_control() -> None:
    swollen = FindsWhite(swollen_at=3 * OPTIONS.side_px)
    dataset = pictures(2, 48, (8, 8, 32))
    photos = pictures(LEAST_CONTROLS, 400, (150, 150, 100))
    without = measure_framing(dataset, Crop(), OPTIONS, detector=swollen)
    corrected = measure_framing(dataset, Crop(), OPTIONS, photos=photos, detector=swollen)
    assert without.scale == pytest.approx(1.2, abs=0.03)
    assert corrected.scale == pytest.approx(1.5, abs=0.03)


def test_a_control_without_room_around_its_faces_is_refused() -> None:
    photos = pictures(LEAST_CONTROLS, 120, (5, 5, 100))
    with pytest.raises(InputError, match="0 faces in it have room around them"):
        measure_framing(
            pictures(2, 48, (8, 8, 32)), Crop(), OPTIONS, photos=photos, detector=FindsWhite()
        )


def test_faces_that_are_not_found_are_counted() -> None:
    blank, seen = pictures(2, 48, (0, 0, 0)), pictures(1, 48, (8, 8, 32))
    dataset = dataclasses.replace(blank, records=blank.records + seen.records)
    report = measure_framing(dataset, Crop(), OPTIONS, detector=FindsWhite())
    assert {(one.found, one.looked_at) for one in report.measured} == {(1, 3)}


def test_pictures_without_any_face_are_refused() -> None:
    with pytest.raises(InputError, match="no face was found in 2 pictures"):
        measure_framing(pictures(2, 48, (0, 0, 0)), Crop(), OPTIONS, detector=FindsWhite())


def test_a_picture_that_cannot_be_read_is_passed_over() -> None:
    good = pictures(2, 48, (8, 8, 32))
    broken = Record(name="broken.png", labels={}, read=lambda: b"no picture")
    dataset = dataclasses.replace(good, records=(*good.records, broken))
    report = measure_framing(dataset, Crop(), OPTIONS, detector=FindsWhite())
    assert report.measured[0].looked_at == 2


def test_only_as_many_pictures_are_drawn_as_asked_for() -> None:
    few = dataclasses.replace(OPTIONS, pictures=2)
    report = measure_framing(pictures(5, 48, (8, 8, 32)), Crop(), few, detector=FindsWhite())
    assert report.measured[0].looked_at == 2
