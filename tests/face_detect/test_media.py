from __future__ import annotations

import os
import zlib
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image

from face_detect.command import InputError
from face_detect.crop import Pixels
from face_detect.media import (
    decode_picture,
    find_media,
    is_video,
    read_frames,
    read_media,
    read_picture,
)

_ODD_PPM = b"P6\n4x 4\n255\n" + bytes(48)
RED, BLUE = (255, 0, 0), (0, 0, 255)


@pytest.fixture
def half_red() -> Pixels:
    """40 high, 80 wide; the left half red, the right one blue."""
    picture = np.zeros((40, 80, 3), np.uint8)
    picture[:, :40], picture[:, 40:] = RED, BLUE
    return picture


def _save(path: Path, rgb: Pixels) -> Path:
    cv2.imencode(path.suffix, rgb[..., ::-1])[1].tofile(path)
    return path


def _turn(path: Path, orientation: int) -> None:
    """Put an EXIF orientation into a JPEG."""
    tag = b"\x01\x12\x00\x03\x00\x00\x00\x01" + orientation.to_bytes(2, "big") + b"\x00\x00"
    exif = b"Exif\x00\x00MM\x00*\x00\x00\x00\x08\x00\x01" + tag + bytes(4)
    segment = b"\xff\xe1" + (len(exif) + 2).to_bytes(2, "big") + exif
    content = path.read_bytes()
    path.write_bytes(content[:2] + segment + content[2:])


def _cut_png(side: int) -> bytes:
    """A PNG's beginning, which says that the picture is so large."""
    header = b"IHDR" + side.to_bytes(4) * 2 + bytes([8, 2, 0, 0, 0])
    chunk = (len(header) - 4).to_bytes(4) + header + zlib.crc32(header).to_bytes(4)
    return b"\x89PNG\r\n\x1a\n" + chunk + bytes(3) + b"\x10IDAT"


def _clip(path: Path, rgb: Pixels, frames: int, code: str = "MJPG") -> Path:
    height, width = rgb.shape[:2]
    codec = cv2.VideoWriter.fourcc(*code)
    writer = cv2.VideoWriter(str(path), codec, 25, (width, height))
    for _ in range(frames):
        writer.write(np.ascontiguousarray(rgb[..., ::-1]))
    writer.release()
    return path


def test_colours_are_red_green_blue(tmp_path: Path, half_red: Pixels) -> None:
    assert np.array_equal(read_picture(_save(tmp_path / "a.png", half_red)), half_red)


def test_a_picture_is_turned_as_its_exif_says(tmp_path: Path, half_red: Pixels) -> None:
    path = _save(tmp_path / "a.jpg", half_red)
    _turn(path, 6)
    shown = read_picture(path)
    assert shown.shape == (80, 40, 3)
    np.testing.assert_allclose(shown[10, 20].astype(int), RED, atol=3)
    np.testing.assert_allclose(shown[70, 20].astype(int), BLUE, atol=3)


def test_a_grey_picture_gets_three_channels(tmp_path: Path) -> None:
    grey = np.full((5, 6), 77, np.uint8)
    cv2.imwrite(str(tmp_path / "a.png"), grey)
    assert (read_picture(tmp_path / "a.png") == np.full((5, 6, 3), 77)).all()


def test_transparency_is_dropped(tmp_path: Path, half_red: Pixels) -> None:
    bgra = np.dstack([half_red[..., ::-1], np.full((40, 80), 9, np.uint8)])
    cv2.imwrite(str(tmp_path / "a.png"), bgra)
    assert np.array_equal(read_picture(tmp_path / "a.png"), half_red)


def test_a_name_in_any_script_is_read(tmp_path: Path, half_red: Pixels) -> None:
    assert read_picture(_save(tmp_path / "лицо 顔 ü.png", half_red)).shape == half_red.shape


def test_a_truncated_jpeg_is_named_with_its_length(tmp_path: Path, samples: Path) -> None:
    cut = tmp_path / "cut.jpg"
    cut.write_bytes((samples / "sample1.jpg").read_bytes()[:50_000])
    with pytest.raises(InputError, match=r"cut\.jpg: is damaged or cut short \(50000 bytes\)"):
        read_picture(cut)


@pytest.mark.parametrize("side", [10_001, 20_000])
def test_a_picture_too_large_to_decode_is_refused_by_its_header(side: int) -> None:
    with pytest.raises(InputError, match=r"bomb\.png: is too large \(.* 100 megapixels\)"):
        decode_picture(_cut_png(side), "bomb.png")


def test_a_header_that_pillow_stumbles_over_is_left_to_the_decoder() -> None:
    with pytest.raises(ValueError, match="4x"):
        Image.open(BytesIO(_ODD_PPM))
    assert decode_picture(_ODD_PPM, "odd.ppm").shape == (4, 4, 3)


def test_a_picture_as_large_as_may_be_is_decoded_as_far_as_it_goes() -> None:
    with pytest.raises(InputError, match=r"large\.png: is damaged or cut short"):
        decode_picture(_cut_png(10_000), "large.png")


@pytest.mark.parametrize(
    ("content", "reason"), [(b"", "is empty"), (b"hello", "is not a picture that can be read")]
)
def test_a_file_that_is_no_picture_is_named(tmp_path: Path, content: bytes, reason: str) -> None:
    (tmp_path / "a.png").write_bytes(content)
    with pytest.raises(InputError, match=rf"a\.png: {reason}"):
        read_picture(tmp_path / "a.png")


@pytest.mark.parametrize("read", [read_picture, lambda path: list(read_frames(path))])
def test_a_missing_file_is_named(tmp_path: Path, read: Callable[[Path], object]) -> None:
    with pytest.raises(InputError, match=r"gone\.avi: "):
        read(tmp_path / "gone.avi")


def test_each_nth_frame_has_its_index_and_time(tmp_path: Path, half_red: Pixels) -> None:
    frames = list(read_frames(_clip(tmp_path / "a.avi", half_red, 12), every=5))
    assert [(frame.index, frame.time_s) for frame in frames] == [(0, 0), (5, 0.2), (10, 0.4)]


@pytest.mark.parametrize("name", ["scene:1.avi", os.fsdecode("기쁨.avi".encode("cp949"))])
def test_a_video_is_read_whatever_its_name(
    tmp_path: Path, half_red: Pixels, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.chdir(tmp_path)
    _clip(tmp_path / "a.avi", half_red, 2).rename(name)
    assert len(list(read_frames(Path(name)))) == 2


def test_times_rise_to_the_last_frame_though_the_decoder_returns_to_0(
    tmp_path: Path, half_red: Pixels
) -> None:
    path = _clip(tmp_path / "a.avi", half_red, 12, "mpg2")
    assert _decoders_times(path)[-1] == 0
    times = [frame.time_s or 0 for frame in read_frames(path)]
    np.testing.assert_allclose(np.diff(times), 1 / 25, atol=1e-5)


def _decoders_times(path: Path) -> list[float]:
    capture = cv2.VideoCapture(str(path), cv2.CAP_FFMPEG)
    times = []
    while capture.grab():
        times.append(capture.get(cv2.CAP_PROP_POS_MSEC))
    capture.release()
    return times


class Timeless:
    """A raw stream's capture: every frame's time is 0."""

    def __init__(self, *, rate_hz: float, decodes: bool = True) -> None:
        self._rate_hz, self._decodes, self._left = rate_hz, decodes, 4

    def isOpened(self) -> bool:  # noqa: N802 - as cv2 has it
        return True

    def grab(self) -> bool:
        self._left -= 1
        return self._left >= 0

    def retrieve(self) -> tuple[bool, Pixels]:
        return self._decodes, np.zeros((4, 4, 3), np.uint8)

    def get(self, wanted: int) -> float:
        return self._rate_hz if wanted == cv2.CAP_PROP_FPS else 0.0

    def release(self) -> None:
        pass


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[[Timeless], Path]:
    """A file that opens as the capture."""

    def put(capture: Timeless) -> Path:
        monkeypatch.setattr(cv2, "VideoCapture", lambda *_: capture)
        (tmp_path / "raw.mp4").touch()
        return tmp_path / "raw.mp4"

    return put


def test_frames_without_times_are_told_by_the_rate_skipped_ones_too(
    opened: Callable[[Timeless], Path],
) -> None:
    path = opened(Timeless(rate_hz=25))
    assert [frame.time_s for frame in read_frames(path, every=3)] == [0, 0.12]


@pytest.mark.parametrize("rate_hz", [0.0, float("nan"), 90000.0])
def test_frames_with_neither_times_nor_a_rate_are_refused(
    opened: Callable[[Timeless], Path], rate_hz: float
) -> None:
    with pytest.raises(InputError, match=r"raw\.mp4: its frames carry no usable times; convert"):
        list(read_frames(opened(Timeless(rate_hz=rate_hz))))


def test_a_video_of_which_no_frame_decodes_is_refused(opened: Callable[[Timeless], Path]) -> None:
    with pytest.raises(InputError, match="no frame that can be decoded"):
        list(read_frames(opened(Timeless(rate_hz=25, decodes=False))))


def test_frames_are_red_green_blue(tmp_path: Path, half_red: Pixels) -> None:
    [frame] = read_media(_clip(tmp_path / "a.avi", half_red, 1))
    np.testing.assert_allclose(frame.rgb[20, 20].astype(int), RED, atol=6)


def test_a_file_that_is_no_video_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.mp4").write_bytes(b"hello")
    with pytest.raises(InputError, match=r"a\.mp4: is not a video that can be read"):
        list(read_media(tmp_path / "a.mp4"))


def test_pictures_and_videos_are_found_in_every_folder_below(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    for name in ("z.JPG", "b/a.png", "b/clip.webm", "notes.txt"):
        (tmp_path / name).touch()
    found = [str(path.relative_to(tmp_path)) for path in find_media(tmp_path)]
    assert found == ["b/a.png", "b/clip.webm", "z.JPG"]


def test_a_video_is_known_by_its_ending_in_any_case() -> None:
    assert is_video(Path("A.MP4"))
    assert not is_video(Path("mp4"))
