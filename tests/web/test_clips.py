"""Clips read frame by frame in a real browser: by its decoder, and by moving a paused video."""

from __future__ import annotations

import wave
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt
import pytest

from export.browser import Browser
from face_detect.media import read_frames

WAYS = ("decoder", "seeking")
FRAMES, RATE_HZ = 24, 30
WIDTH, HEIGHT = 320, 240
COLOUR = (200, 90, 40)
UNEVEN_S = [0, 0.033, 0.083, 0.116, 0.216, 0.249, 0.265, 0.298, 0.498, 0.508, 0.518, 0.55]
MILLISECOND = 0.0011
MOST_PICTURES = 4
"""Decoded at the same time, however long the clip."""

Rgb = npt.NDArray[np.int64]


@dataclass(frozen=True, kw_only=True)
class Read:
    """What the page found in a clip."""

    ended: str | None
    how: str | None
    size: tuple[int, int] | None
    times_s: list[float]
    looks: list[Rgb]
    pictures: dict[str, int]

    @property
    def numbers(self) -> list[int]:
        """Those that the frames carry: a bit a column in the upper half, the lowest at the left."""
        bits = [look[1, :, 1] > 127 for look in self.looks]
        return [int((row * 2 ** np.arange(8)).sum()) for row in bits]


@dataclass(frozen=True)
class Page:
    """The harness, which makes clips and reads them."""

    harness: Browser

    def make(self, **wanted: Any) -> str:
        plain = {"container": "webm", "codec": "vp8", "width": WIDTH, "height": HEIGHT}
        address = self.harness.call("makeClip", {**plain, "rotation": 0, **wanted})
        return str(address)

    def read(self, clip: str, how: str | None = None, **asked: Any) -> Read:
        said = self.harness.call("readFrames", {"clip": clip, "how": how, **asked})
        frames = said["frames"]
        sizes = {(each["width"], each["height"]) for each in frames}
        assert len(sizes) <= 1
        return Read(
            ended=said["ended"],
            how=said.get("how"),
            size=next(iter(sizes), None),
            times_s=[each["time_s"] for each in frames],
            looks=[np.array(each["rgb"]).reshape(8, 8, 3) for each in frames],
            pictures=said["pictures"],
        )


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("clips")


@pytest.fixture(scope="module")
def film(folder: Path) -> Path:
    """Numbered frames with a coloured lower half, and noise so that each weighs something."""
    path = folder / "numbers.webm"
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"VP80"), RATE_HZ, (WIDTH, HEIGHT))
    noise = np.random.default_rng(0)
    for number in range(FRAMES):
        frame = np.full((HEIGHT, WIDTH, 3), COLOUR[::-1], np.uint8)
        bits = [255 * (number >> bit & 1) for bit in range(8)]
        frame[: HEIGHT // 2] = np.repeat(bits, WIDTH // 8)[None, :, None]
        frame[HEIGHT // 4 : HEIGHT // 2] ^= noise.integers(0, 64, (HEIGHT // 4, WIDTH, 3), np.uint8)
        writer.write(frame)
    writer.release()
    return path


@pytest.fixture(scope="module")
def page(web_build: Path, folder: Path) -> Iterator[Page]:
    mounts = {"/harness": web_build / "harness", "/clips": folder}
    # Chromium tells of pictures that nobody closed when it collects them.
    with Browser(mounts=mounts, flags=("--js-flags=--expose-gc",)) as harness:
        yield Page(harness)
        harness.evaluate("() => gc()")
        assert harness.seen.console == []
        assert harness.seen.errors == []


@pytest.mark.parametrize("how", WAYS)
def test_each_frame_is_found_once_at_its_time(page: Page, film: Path, how: str) -> None:
    found = page.read(f"/clips/{film.name}", how)
    assert (found.ended, found.how) == (None, how)
    assert found.numbers == list(range(FRAMES))
    expected = [frame.time_s for frame in read_frames(film)]
    assert found.times_s == pytest.approx(expected, abs=MILLISECOND)


def test_the_decoder_is_the_way_that_is_taken(page: Page, film: Path) -> None:
    assert page.read(f"/clips/{film.name}").how == "decoder"


@pytest.mark.parametrize("how", WAYS)
def test_colours_are_those_of_other_players(page: Page, film: Path, how: str) -> None:
    found = page.read(f"/clips/{film.name}", how)
    for look in found.looks:
        assert np.abs(look[6, 4] - COLOUR).max() <= 4


@pytest.mark.parametrize("container", ["webm", "mp4"])
@pytest.mark.parametrize("how", WAYS)
def test_frames_may_last_longer_and_shorter(page: Page, how: str, container: str) -> None:
    clip = page.make(times_s=UNEVEN_S, codec="vp9", container=container)
    found = page.read(clip, how)
    assert found.numbers == list(range(len(UNEVEN_S)))
    assert found.times_s == pytest.approx(UNEVEN_S, abs=MILLISECOND)


@pytest.mark.parametrize("how", WAYS)
def test_a_film_that_begins_late_keeps_its_times(page: Page, how: str) -> None:
    times_s = [0.4, 0.44, 0.48]
    found = page.read(page.make(times_s=times_s), how)
    assert found.numbers == [0, 1, 2]
    assert found.times_s == pytest.approx(times_s, abs=MILLISECOND)


def test_a_film_in_4k_is_read(page: Page) -> None:
    clip = page.make(width=3840, height=2160, times_s=[0, 0.04, 0.08])
    for how in WAYS:
        found = page.read(clip, how)
        assert found.size == (3840, 2160)
        assert found.numbers == [0, 1, 2]


def test_few_pictures_are_decoded_at_a_time_and_all_are_closed(page: Page, film: Path) -> None:
    pictures = page.read(f"/clips/{film.name}", "decoder", busy_ms=10).pictures
    assert 0 < pictures["most"] <= MOST_PICTURES
    assert pictures["open"] == 0


@pytest.mark.parametrize("how", WAYS)
def test_a_phones_film_is_turned_upright(page: Page, how: str) -> None:
    wanted = {"codec": "vp9", "container": "mp4", "times_s": [0, 0.04, 0.08, 0.12, 0.16, 0.2]}
    lying = page.read(page.make(**wanted), how)
    upright = page.read(page.make(**wanted, rotation=90), how)
    assert upright.size == (HEIGHT, WIDTH)
    for look, turned in zip(lying.looks, upright.looks, strict=True):
        assert np.abs(np.rot90(look, -1) - turned).mean() <= 4


def test_a_container_that_only_the_browser_knows_is_stepped_through(
    page: Page, film: Path, folder: Path
) -> None:
    version, none = b"\x42\x86\x81\x01", b"\x42\x86\x81\x00"
    (folder / "unknown.webm").write_bytes(film.read_bytes().replace(version, none, 1))
    found = page.read("/clips/unknown.webm")
    assert found.how == "seeking"
    assert found.numbers == list(range(FRAMES))
    expected = [frame.time_s for frame in read_frames(film)]
    assert found.times_s == pytest.approx(expected, abs=MILLISECOND)


def test_what_is_no_clip_is_called_so(page: Page, folder: Path) -> None:
    (folder / "no.mp4").write_bytes(np.random.default_rng(0).bytes(5000))
    assert page.read("/clips/no.mp4").ended == "bad-clip"


def test_a_clip_that_is_only_sound_is_called_so(page: Page, folder: Path) -> None:
    with wave.open(str(folder / "silence.wav"), "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(8000)
        sound.writeframes(bytes(8000))
    assert page.read("/clips/silence.wav").ended == "no-video"
    assert page.read(page.harness.call("makeSound")).ended == "no-video"


@pytest.mark.parametrize("container", ["webm", "mp4"])
@pytest.mark.parametrize("how", WAYS)
def test_a_clip_that_was_cut_gives_what_it_has(page: Page, how: str, container: str) -> None:
    clip = page.make(times_s=[number / 25 for number in range(20)], container=container)
    whole = page.harness.evaluate("async at => (await (await fetch(at)).blob()).size", clip)
    found = page.read(clip, how, bytes=whole * 2 // 3)
    assert found.ended in (None, "bad-clip")
    assert found.numbers == list(range(len(found.numbers)))
    assert len(found.numbers) < 20


@pytest.mark.parametrize("how", WAYS)
def test_a_clip_that_was_cut_in_its_head_is_a_fault(page: Page, film: Path, how: str) -> None:
    assert page.read(f"/clips/{film.name}", how, bytes=200).ended == "bad-clip"


@pytest.mark.parametrize("stop_by", ["abort", "close"])
@pytest.mark.parametrize("how", WAYS)
def test_reading_can_be_stopped(page: Page, film: Path, how: str, stop_by: str) -> None:
    found = page.read(f"/clips/{film.name}", how, stop_after=3, stop_by=stop_by)
    assert (found.ended, found.numbers) == ("AbortError", [0, 1, 2])
    assert found.pictures["open"] == 0
