from __future__ import annotations

import struct
from io import BytesIO
from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image

from face_detect.box import Box
from face_detect.command import InputError
from face_detect.crop import Pixels
from face_detect.media import decode_picture
from face_detect.quick_net import quick
from face_detect.reduced import Header, Reduced, decode_reduced, read_header
from face_detect.second_look import SecondLook
from face_detect.tiny import TinyDetector
from face_detect.tiny_weights import DEFAULT_WEIGHTS


def smooth(height: int, width: int) -> Pixels:
    random = np.random.default_rng(0).integers(0, 256, (height // 20, width // 20, 3))
    small = random.astype(np.uint8)
    return np.asarray(cv2.resize(small, (width, height), interpolation=cv2.INTER_CUBIC), np.uint8)


def jpeg(picture: Pixels, orientation: int = 1) -> bytes:
    exif = Image.Exif()
    exif[0x0112] = orientation
    file = BytesIO()
    Image.fromarray(picture).save(file, "JPEG", quality=95, exif=exif)
    return file.getvalue()


def with_block(content: bytes, block: bytes) -> bytes:
    """A JPEG with one more APP1, where EXIF and XMP lie, before all else."""
    return content[:2] + b"\xff\xe1" + struct.pack(">H", len(block) + 2) + block + content[2:]


def reduced(content: bytes, factor: int) -> Reduced:
    return decode_reduced(content, "made.jpg", read_header(content, "made.jpg"), factor)


def shown(full: Pixels, small: Reduced, place: tuple[int, int]) -> tuple[float, float]:
    """What one of its pixels is, and what those of the original are that it stands for."""
    column, row = place
    box = small.full(Box(x=column, y=row, width=1, height=1))
    x, y = int(box.x), int(box.y)
    block = full[y : y + small.factor, x : x + small.factor]
    return float(small.rgb[row, column].mean()), float(block.mean())


@pytest.mark.parametrize("factor", [2, 4, 8])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_pixel_stands_for_its_square_of_the_upright_picture(
    factor: int, orientation: int
) -> None:
    # Sides that no factor divides: the codec fills up the last column and row.
    content = jpeg(smooth(203, 317), orientation)
    full, small = decode_picture(content, "made.jpg"), reduced(content, factor)
    for place in ((3, 5), (small.rgb.shape[1] - 3, 4), (5, small.rgb.shape[0] - 3)):
        ours, theirs = shown(full, small, place)
        # The inverse DCT shrinks a little more sharply than the area's mean.
        assert abs(ours - theirs) < 4


def test_a_box_goes_there_and_back() -> None:
    small = reduced(jpeg(smooth(203, 317), 3), 8)
    box = Box(x=30, y=40, width=100, height=90, score=0.7)
    assert small.full(small.reduced(box)) == box


@pytest.mark.parametrize("orientation", [1, 6])
def test_a_header_tells_the_sides_of_the_upright_picture(orientation: int) -> None:
    header = read_header(jpeg(smooth(200, 320), orientation), "made.jpg")
    assert header is not None
    sides = (320, 200) if orientation == 1 else (200, 320)
    assert (header.width, header.height, header.orientation) == (*sides, orientation)


def test_an_exif_block_that_breaks_off_leaves_it_to_the_decoder() -> None:
    file = BytesIO()
    # Without a density Pillow looks into EXIF for one, and minds nothing there.
    Image.fromarray(smooth(200, 320)).save(file, "JPEG", dpi=(72, 72))
    content = with_block(file.getvalue(), b"Exif\0\0MM\0*\0\0")
    assert read_header(content, "made.jpg") is None
    assert reduced(content, 8).rgb.shape == (200, 320, 3)


def test_a_picture_is_turned_by_its_exif_and_not_by_its_xmp() -> None:
    xmp = b'http://ns.adobe.com/xap/1.0/\0<x:xmpmeta tiff:Orientation="6"/>'
    plain = cv2.imencode(".jpg", smooth(200, 320))[1].tobytes()
    content = with_block(plain, xmp)
    header = read_header(content, "made.jpg")
    assert header is not None
    assert (header.orientation, header.width) == (1, 320)
    assert decode_picture(content, "made.jpg").shape == (200, 320, 3)


def test_the_longer_side_keeps_as_many_pixels_as_were_asked_for() -> None:
    header = Header(width=3000, height=4000, orientation=1, scales=True)
    assert [header.factor(px) for px in (500, 501, 1000, 1500, 5000)] == [8, 4, 4, 2, 1]


def test_a_codec_that_cannot_scale_decodes_the_whole() -> None:
    picture = smooth(200, 320)
    content = cv2.imencode(".png", picture[..., ::-1])[1].tobytes()
    header = read_header(content, "made.png")
    assert header is not None
    assert header.factor(20) == 1
    assert np.array_equal(reduced(content, header.factor(20)).rgb, picture)


def test_a_picture_cut_short_is_named_as_when_it_is_decoded_whole() -> None:
    content = jpeg(smooth(200, 320))[:150]
    with pytest.raises(InputError, match=r"made\.jpg: is damaged or cut short"):
        reduced(content, 8)
    with pytest.raises(InputError, match=r"made\.jpg: is not a picture"):
        reduced(b"no picture", 8)


def test_a_face_of_a_smaller_picture_lies_where_it_is_in_the_whole(
    samples: Path,
) -> None:
    """The net minds how its pixels were shrunk: 0.93 to 0.98 on 15 faces of these pictures."""
    content = (samples / "sample4.jpg").read_bytes()
    detector = quick(TinyDetector(DEFAULT_WEIGHTS, second_look=SecondLook()))
    whole, small = reduced(content, 1), reduced(content, 2)
    theirs, found = detector.detect(whole.rgb), detector.detect(small.rgb)
    ours = [small.full(box) for box in found]
    assert len(ours) == len(theirs) == 3
    assert all(max(box.iou(other) for other in ours) > 0.9 for box in theirs)
