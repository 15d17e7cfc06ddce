from itertools import groupby
from pathlib import Path

import cv2
import numpy as np
import pytest

from benchmarks.film import write_clip
from benchmarks.shots import (
    FAR,
    NEAR,
    Film,
    Shot,
    clip_film,
    found_by_part,
    pictures_film,
    sample_film,
)
from face_detect.box import Box
from face_detect.command import InputError
from face_detect.media import read_picture

FACE = Box(x=100, y=100, width=50, height=50)


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Film:
    return sample_film(tmp_path_factory.mktemp("film"), 600)


def widths(film: Film, part: str) -> list[float]:
    return [shot.face.width for shot in film.shots if shot.part == part and shot.face]


def test_half_of_the_film_is_near_and_half_is_far(film: Film) -> None:
    for distance in (NEAR, FAR):
        small, large = distance.face_px
        seen = widths(film, distance.name)
        assert len(seen) == 300
        assert small <= min(seen) < max(seen) <= large


def test_the_pictures_fill_every_frame(film: Film) -> None:
    for name in ("near.png", "far.png"):
        height, width = read_picture(film.folder / name).shape[:2]
        shots = [shot for shot in film.shots if shot.picture == name]
        assert min(min(shot.x, shot.y) for shot in shots) >= 0
        assert max(shot.x + shot.width for shot in shots) <= width
        assert max(shot.y + shot.height for shot in shots) <= height


def test_no_frame_is_like_the_one_before(film: Film) -> None:
    assert all(
        one.face != other.face for one, other in zip(film.shots, film.shots[1:], strict=False)
    )


def test_a_resting_film_stands_still_in_every_other_second_and_keeps_its_parts(film: Film) -> None:
    resting = film.resting()
    assert [shot.part for shot in resting.shots] == [shot.part for shot in film.shots]
    held = [len(list(same)) for _, same in groupby(resting.shots)]
    assert held == ([1] * 29 + [31]) * 10
    assert resting.shots[60:90] == film.shots[30:60]


def test_a_seed_gives_the_same_film_again(film: Film, tmp_path: Path) -> None:
    assert sample_film(tmp_path, 600).shots == film.shots
    assert sample_film(tmp_path, 600, seed=1).shots != film.shots


def test_beyond_its_end_the_film_begins_anew_and_time_goes_on(film: Film) -> None:
    last, first = film.tasks(599, 601, "/data")
    assert first["shot"] == film.tasks(0, 1, "/data")[0]["shot"]
    assert (last["time_ms"], first["time_ms"]) == pytest.approx((599 * 1000 / 30, 20_000))


def test_of_a_wide_picture_the_middle_is_shown(tmp_path: Path) -> None:
    cv2.imwrite(str(tmp_path / "wide.png"), np.zeros((480, 1000, 3), np.uint8))
    one, other = pictures_film([tmp_path / "wide.png"], tmp_path, 2).shots
    assert (one.x, one.y, one.width, one.height) == (180, 0, 640, 480)
    assert one == other


def test_a_clip_gives_its_first_frames(tmp_path: Path) -> None:
    write_clip(tmp_path / "clip.webm", [np.full((480, 640, 3), 99, np.uint8)] * 5)
    shots = clip_film(tmp_path / "clip.webm", tmp_path, 3).shots
    assert [shot.picture for shot in shots] == ["clip-0.jpg", "clip-1.jpg", "clip-2.jpg"]
    assert all((tmp_path / shot.picture).is_file() for shot in shots)


def test_no_picture_is_no_film(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no frame"):
        pictures_film([], tmp_path, 3)


def test_a_box_beside_the_face_or_all_around_it_is_no_find() -> None:
    shot = Shot(part="near", picture="", x=0, y=0, width=640, height=480, face=FACE)
    around = Box(x=0, y=0, width=300, height=300)
    boxes = [FACE, Box(x=300, y=100, width=50, height=50), around, None]
    assert found_by_part([shot] * 4, boxes) == {"near": 1}
