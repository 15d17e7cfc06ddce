from __future__ import annotations

import dataclasses
from io import BytesIO

import cv2
import numpy as np
import pytest
from PIL import Image

from face_detect.box import Box
from face_detect.command import InputError
from face_detect.crop import Pixels, crop
from face_detect.media import decode_picture
from tests.train.prepare.conftest import as_jpeg, photo
from train.contract import Crop
from train.prepare.cut_face import Face, cut_face, keep_crop, open_picture
from train.prepare.cutting import Cutting

PHOTO = Cutting(framing="photo", size=64, quality=98)
CROP = Cutting(framing="crop", size=64)
BOX = Box(x=1050, y=120, width=200, height=190, score=0.9)
RULE = Crop().rule


@pytest.fixture(scope="module")
def picture() -> Pixels:
    return photo("sample2.jpg", 1600)


def cut(picture: Pixels, box: Box = BOX, cutting: Cutting = PHOTO) -> tuple[Face, Pixels]:
    face = cut_face(open_picture(as_jpeg(picture), "made.jpg", cutting), box, cutting)
    return face, decode_picture(face.jpeg, "face.jpg")


def test_the_square_is_as_large_as_asked_for_with_its_margin_around(picture: Pixels) -> None:
    face, pixels = cut(picture)
    assert face.box is not None
    square = RULE.rect(face.box).side
    assert abs(square - 64) <= 1
    assert np.allclose(pixels.shape[:2], 64 * 1.5, atol=2)


def test_no_face_is_blown_up(picture: Pixels) -> None:
    cutting = dataclasses.replace(PHOTO, size=512)
    face, _ = cut(picture, cutting=cutting)
    assert face.shrunk == 1
    assert face.box is not None
    assert (face.box.width, face.box.height) == (200, 190)


@pytest.mark.parametrize(("size", "apart"), [(64, 5.5), (96, 4), (224, 1)])
def test_the_contracts_rule_cuts_the_same_face_out_of_it(
    picture: Pixels, size: int, apart: float
) -> None:
    """Twice resized, once more a JPEG, and squares lie on whole pixels, of which a small face has
    few: half of one. A box that is moved by 2% of its side is 12 apart."""
    face, pixels = cut(picture, cutting=dataclasses.replace(PHOTO, size=size))
    assert face.box is not None
    ours = crop(pixels, face.box, RULE, 32).astype(int)
    theirs = crop(picture, BOX, RULE, 32)
    assert np.abs(ours - theirs).mean() < apart


def test_what_lies_beyond_the_picture_is_not_kept(picture: Pixels) -> None:
    corner = Box(x=-20, y=-30, width=200, height=190)
    face, pixels = cut(picture, corner)
    assert face.box is not None
    assert face.box.x < 0
    assert pixels.shape[0] < 1.5 * 64
    ours = crop(pixels, face.box, RULE, 32).astype(int)
    assert np.abs(ours - crop(picture, corner, RULE, 32)).mean() < 5.5


def test_a_large_face_is_cut_from_what_the_detector_saw_and_a_small_one_from_more(
    picture: Pixels,
) -> None:
    large = cv2.resize(picture, (2560, 1822), interpolation=cv2.INTER_LINEAR).astype(np.uint8)
    opened = open_picture(as_jpeg(large), "made.jpg", PHOTO)
    assert opened.look.factor == 2
    assert opened.at_least(2.5) is opened.look
    assert opened.at_least(1.9).factor == 1


def test_a_square_that_lies_outside_the_picture_is_refused(picture: Pixels) -> None:
    with pytest.raises(InputError, match=r"made\.jpg: box outside the picture"):
        cut(picture, Box(x=5000, y=0, width=100, height=100))


@pytest.mark.parametrize("form", ["AVIF", "PNG", "TIFF", "WEBP"])
def test_an_opened_pictures_sides_are_those_that_were_decoded(picture: Pixels, form: str) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    file = BytesIO()
    Image.fromarray(picture).save(file, form, exif=exif)
    opened = open_picture(file.getvalue(), "made", PHOTO)
    assert (opened.height, opened.width) == opened.look.rgb.shape[:2]


def test_a_crop_that_is_small_enough_stays_the_very_file() -> None:
    content = as_jpeg(np.random.default_rng(0).integers(0, 256, (48, 48, 3), dtype=np.uint8))
    face = keep_crop(open_picture(content, "made.jpg", CROP), CROP)
    assert (face.jpeg, face.box, face.shrunk) == (content, None, 1)


@pytest.mark.parametrize("orientation", [1, 6])
def test_a_larger_crop_becomes_its_central_square(picture: Pixels, orientation: int) -> None:
    content = as_jpeg(picture, orientation)
    face = keep_crop(open_picture(content, "made.jpg", CROP), CROP)
    side = min(picture.shape[:2])
    assert decode_picture(face.jpeg, "face.jpg").shape == (64, 64, 3)
    assert abs(face.shrunk - side / 64) < 0.1
