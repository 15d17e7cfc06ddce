"""A film for a canvas: which part of which picture fills each frame.

The page draws the frames itself, at any fraction of a pixel, so that hundreds of them need no
more than two pictures.
"""

from __future__ import annotations

import dataclasses
import math
import random
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path

import cv2
import numpy as np

from benchmarks.film import HEIGHT, RATE_HZ, WIDTH
from face_detect.box import Box
from face_detect.command import InputError
from face_detect.crop import Pixels
from face_detect.media import read_frames, read_picture
from face_detect.tiny_weights import DEFAULT_WEIGHTS

SIZE = (WIDTH, HEIGHT)
SAMPLE = DEFAULT_WEIGHTS.parent / "demo" / "sample5.jpg"
_ALONE = (slice(700, None), slice(0, 900))
"""Rows and columns of the sample that show one person and nobody else, ..."""
_FACE = Box(x=320, y=196, width=300, height=305, score=1.0)
"""... and her face in them, as the detector frames it."""
FOUND_IOU = 0.3
"""Detectors frame a face more or less tightly; what overlaps less is not its box."""


@dataclass(frozen=True, kw_only=True)
class Distance:
    """How far the camera stands from the face, and how it sways; in pixels of the frame."""

    name: str
    face_px: tuple[float, float]
    """The face is between so many pixels wide."""
    sway_px: tuple[float, float]


NEAR = Distance(name="near", face_px=(200, 260), sway_px=(40, 20))
FAR = Distance(name="far", face_px=(50, 60), sway_px=(60, 40))


@dataclass(frozen=True, kw_only=True)
class Shot:
    """One frame: a part of a picture, in its pixels, at 4 : 3."""

    part: str
    picture: str
    x: float
    y: float
    width: float
    height: float
    face: Box | None = None
    """Where the face is in the frame, if that is known."""


@dataclass(frozen=True, kw_only=True)
class Film:
    """Frames in order, 30 a second; their pictures lie in `folder`."""

    folder: Path
    shots: tuple[Shot, ...]

    def resting(self) -> Film:
        """As long, but the camera stands still in every other second."""
        shots: list[Shot] = []
        for part in dict.fromkeys(shot.part for shot in self.shots):
            own = [shot for shot in self.shots if shot.part == part]
            shots += [own[_moved(number)] for number in range(len(own))]
        return dataclasses.replace(self, shots=tuple(shots))

    def tasks(self, first: int, end: int, url: str) -> list[dict[str, object]]:
        """What a page is told of some frames; beyond its end the film begins anew."""
        return [self._task(number, url) for number in range(first, end)]

    def _task(self, number: int, url: str) -> dict[str, object]:
        shot = dataclasses.asdict(self.shots[number % len(self.shots)])
        shot["picture"] = f"{url}/{shot['picture']}"
        return {"shot": shot, "time_ms": number * 1000 / RATE_HZ}


def sample_film(folder: Path, frames: int, seed: int = 0) -> Film:
    """A face before a camera that sways: the first half of the film near, the second far."""
    alone = one_person()
    half = frames // 2
    shots = [
        *_swaying(alone, folder, NEAR, half, random.Random(seed)),
        *_swaying(alone, folder, FAR, frames - half, random.Random(seed + 1)),
    ]
    return Film(folder=folder, shots=tuple(shots))


def one_person() -> Pixels:
    """A part of a sample picture that shows nobody else."""
    return np.ascontiguousarray(read_picture(SAMPLE)[_ALONE])


def clip_film(clip: Path, folder: Path, frames: int) -> Film:
    """The middle of the first frames of somebody's clip."""
    pictures = [frame.rgb for frame in islice(read_frames(clip), frames)]
    return _still("clip", pictures, folder)


def pictures_film(paths: Sequence[Path], folder: Path, frames: int) -> Film:
    """The middle of each picture, one after the other, again and again."""
    film = _still("pictures", [read_picture(path) for path in paths], folder)
    shots = tuple(islice(cycle(film.shots), frames))
    return Film(folder=folder, shots=shots)


def is_found(shot: Shot, box: Box | None) -> bool:
    """A box counts if it has the face's place and size, where we know those."""
    if box is None or shot.face is None:
        return box is not None
    return box.iou(shot.face) >= FOUND_IOU


def found_by_part(shots: Sequence[Shot], boxes: Sequence[Box | None]) -> dict[str, int]:
    """In how many frames of each part of the film the face was found."""
    found = dict.fromkeys((shot.part for shot in shots), 0)
    for shot, box in zip(shots, boxes, strict=True):
        found[shot.part] += is_found(shot, box)
    return found


def _moved(number: int) -> int:
    """Where a film has got to by then, if it goes on for a second and rests for the next."""
    pauses, frames = divmod(number, 2 * RATE_HZ)
    return pauses * RATE_HZ + min(frames, RATE_HZ - 1)


def _still(part: str, pictures: Sequence[Pixels], folder: Path) -> Film:
    if not pictures:
        raise InputError("no frame to measure on")
    shots = []
    for number, picture in enumerate(pictures):
        name = f"{part}-{number}.jpg"
        _write(folder / name, picture)
        height, width = picture.shape[:2]
        across = min(width, height * WIDTH / HEIGHT)
        down = across * HEIGHT / WIDTH
        left, top = (width - across) / 2, (height - down) / 2
        shots.append(Shot(part=part, picture=name, x=left, y=top, width=across, height=down))
    return Film(folder=folder, shots=tuple(shots))


def _swaying(
    picture: Pixels, folder: Path, distance: Distance, frames: int, rng: random.Random
) -> list[Shot]:
    """Written at the scale of the largest view, so that drawing it takes little."""
    small, large = distance.face_px
    scale = large / _FACE.width
    across, down = (2 * sway + side for sway, side in zip(distance.sway_px, SIZE, strict=True))
    size = (math.ceil(across * large / small / scale), math.ceil(down * large / small / scale))
    around = _around(picture, size)
    name = f"{distance.name}.png"
    drawn = cv2.resize(around, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    _write(folder / name, np.asarray(drawn, np.uint8))
    centre = (drawn.shape[1] / 2, drawn.shape[0] / 2)
    phases = [rng.random() for _ in range(3)]
    return [_shot(name, centre, distance, number, phases) for number in range(frames)]


def _shot(
    picture: str,
    centre: tuple[float, float],
    distance: Distance,
    number: int,
    phases: Sequence[float],
) -> Shot:
    """The camera sways at three paces that fall together only after hours."""
    across, down, size = (
        math.sin(2 * math.pi * (number / period + phase))
        for period, phase in zip((89, 131, 211), phases, strict=True)
    )
    small, large = distance.face_px
    face_px = (small + large) / 2 + size * (large - small) / 2
    x_px, y_px = across * distance.sway_px[0], down * distance.sway_px[1]
    zoom = large / face_px
    height_px = face_px * _FACE.height / _FACE.width
    left, top = WIDTH / 2 + x_px - face_px / 2, HEIGHT / 2 + y_px - height_px / 2
    return Shot(
        part=distance.name,
        picture=picture,
        x=centre[0] - (WIDTH / 2 + x_px) * zoom,
        y=centre[1] - (HEIGHT / 2 + y_px) * zoom,
        width=WIDTH * zoom,
        height=HEIGHT * zoom,
        face=Box(x=left, y=top, width=face_px, height=height_px, score=1.0),
    )


def _around(picture: Pixels, size: tuple[int, int]) -> Pixels:
    """The face in the middle of so large a picture; its edge goes on where it is too small."""
    height, width = picture.shape[:2]
    left = size[0] // 2 - round(_FACE.x + _FACE.width / 2)
    top = size[1] // 2 - round(_FACE.y + _FACE.height / 2)
    right, bottom = size[0] - left - width, size[1] - top - height
    up, below, before, after = (max(0, side) for side in (top, bottom, left, right))
    wide = cv2.copyMakeBorder(picture, up, below, before, after, cv2.BORDER_REPLICATE)
    x, y = max(0, -left), max(0, -top)
    return np.asarray(wide[y : y + size[1], x : x + size[0]], np.uint8)


def _write(path: Path, picture: Pixels) -> None:
    quality = [cv2.IMWRITE_JPEG_QUALITY, 95] if path.suffix == ".jpg" else []
    cv2.imwrite(str(path), cv2.cvtColor(picture, cv2.COLOR_RGB2BGR), quality)
