"""The distinct pictures that a made set repeats, drawn and encoded once."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.made.draw_scene import Scene, draw_scene, shows
from benchmarks.made.faces import CutFace, dataset_faces, packaged_faces
from benchmarks.made.made_options import MadeOptions
from benchmarks.made.plan import EMOTIONS, Planned
from benchmarks.made.to_photo import QUALITY, to_photo
from face_detect.box import Box
from face_detect.build import build_detector
from face_detect.command import InputError, MachineError
from face_detect.detector import Detector
from face_detect.media import decode_picture
from face_detect.swap import staged

INDEX = "pool.json"
_VERSION = 1
"""Of what is drawn: a pool that was kept by another version is made anew."""
_OTHERS = 4
"""Pictures without a face, and again with several."""
_MANY = 3
_SIZES = ((3280, 2464), (2736, 3648), (4000, 3000), (2464, 3280), (3648, 2736), (3000, 4000))
_SCENE_PX = 1280
_TRIES = 20
_TURNED_EVERY = 6
"""One picture in so many lies on its side and says so."""


@dataclass(frozen=True, kw_only=True)
class Base:
    """One distinct picture."""

    file: str
    bytes: int
    box: Box
    """Of its face, or of the first; of a picture without one, where an annotator may see one."""


@dataclass(frozen=True, kw_only=True)
class Pool:
    """All of them, in a folder."""

    folder: Path
    bases: tuple[Base, ...]
    distinct: int
    """Of the bases, those with one face; then follow those without, and those with several."""
    faces: int

    @property
    def people(self) -> int:
        """Each is in every emotion at least once."""
        return min(self.faces, self.distinct // len(EMOTIONS))

    def base_of(self, planned: Planned) -> Base:
        """Equal pictures have equal labels, and no picture of one part is in the other."""
        if planned.wrong in ("no face", "several faces"):
            first = self.distinct + (planned.wrong == "several faces") * _OTHERS
            return self.bases[first + planned.index % _OTHERS]
        for_valid = max(1, self.people // 8)
        person = (
            self.people - 1 - planned.rank % for_valid
            if planned.valid
            else planned.rank % (self.people - for_valid)
        )
        first = person * len(EMOTIONS) + planned.emotion
        choice = range(first, self.distinct, self.people * len(EMOTIONS))
        return self.bases[choice[(planned.rank + planned.take) % len(choice)]]

    def read(self, base: Base) -> bytes:
        return (self.folder / base.file).read_bytes()


def make_pool(folder: Path, options: MadeOptions, on_step: Callable[[str, float], None]) -> Pool:
    """In `folder`; one that an earlier portion left there with the same options is used again."""
    settings = _settings(options)
    kept = _kept(folder, settings)
    if kept is not None:
        on_step("distinct_pictures", options.distinct)
        return kept
    with staged(folder, _is_pool) as aside:
        detector = build_detector("tiny")
        faces = (
            dataset_faces(options.faces, options.distinct, options.seed, detector)
            if options.faces
            else packaged_faces(detector)
        )
        drawn = _Drawn(folder=aside, faces=faces, options=options, detector=detector)
        bases = tuple(_all(drawn, on_step))
        document = {
            "settings": settings,
            "faces": len(faces),
            "bases": [asdict(base) for base in bases],
        }
        (aside / INDEX).write_text(json.dumps(document, indent=1), encoding="utf-8")
    return Pool(folder=folder, bases=bases, distinct=options.distinct, faces=len(faces))


@dataclass(frozen=True, kw_only=True)
class _Drawn:
    folder: Path
    faces: Sequence[CutFace]
    options: MadeOptions
    detector: Detector

    def base(self, number: int) -> Base:
        size = _size(number, self.options.megapixels)
        for attempt in range(_TRIES):
            scene, jpeg = self._photo(number, size, attempt)
            scale = size[0] / scene.pixels.shape[1]
            boxes = [_scaled(box, scale) for box in scene.boxes]
            file = f"{number:05}.jpg"
            # Noise or the codec may have hidden a face that was seen before.
            if shows(decode_picture(jpeg, file), boxes, self.detector):
                (self.folder / file).write_bytes(jpeg)
                return Base(file=file, bytes=len(jpeg), box=(*boxes, _middle(size))[0])
        raise MachineError(f"the detector sees other faces than were drawn, {_TRIES} times over")

    def _photo(self, number: int, size: tuple[int, int], attempt: int) -> tuple[Scene, bytes]:
        seed = (self.options.seed, 5, number, attempt)
        scene = draw_scene(self._shown(number), _scene_size(size), seed, self.detector)
        random = np.random.default_rng((*seed, 0, 0))
        turned = number % _TURNED_EVERY == 0
        return scene, to_photo(scene.pixels, size, random, turned=turned)

    def _shown(self, number: int) -> Sequence[CutFace]:
        """A person's faces follow each other by as many as there are people."""
        distinct, faces = self.options.distinct, self.faces
        if number >= distinct + _OTHERS:
            return [faces[(number + step) % len(faces)] for step in range(_MANY)]
        if number >= distinct:
            return []
        people = min(len(faces), distinct // len(EMOTIONS))
        person, turn = number // len(EMOTIONS) % people, number // (len(EMOTIONS) * people)
        own = faces[person::people]
        return [own[(turn * len(EMOTIONS) + number % len(EMOTIONS)) % len(own)]]


def _all(drawn: _Drawn, on_step: Callable[[str, float], None]) -> Iterator[Base]:
    count = drawn.options.distinct + 2 * _OTHERS
    # Threads do, for OpenCV, numpy and torch hold no lock while they compute.
    with ThreadPoolExecutor(drawn.options.workers) as threads:
        try:
            for done, base in enumerate(threads.map(drawn.base, range(count)), 1):
                yield base
                on_step("distinct_pictures", done)
        finally:
            threads.shutdown(cancel_futures=True)


def _size(number: int, megapixels: float | None) -> tuple[int, int]:
    width, height = _SIZES[number % len(_SIZES)]
    if megapixels is None:
        return width, height
    scale = (megapixels * 1e6 / (width * height)) ** 0.5
    return max(64, round(width * scale)), max(64, round(height * scale))


def _scene_size(size: tuple[int, int]) -> tuple[int, int]:
    scale = min(1.0, _SCENE_PX / max(size))
    return round(size[0] * scale), round(size[1] * scale)


def _middle(size: tuple[int, int]) -> Box:
    side = min(size) / 3
    return Box(x=(size[0] - side) / 2, y=(size[1] - side) / 2, width=side, height=side)


def _scaled(box: Box, scale: float) -> Box:
    return Box(x=box.x * scale, y=box.y * scale, width=box.width * scale, height=box.height * scale)


def _settings(options: MadeOptions) -> dict[str, Any]:
    """Everything that the distinct pictures follow from."""
    faces = options.faces
    return {
        "version": _VERSION,
        "quality": QUALITY,
        "seed": options.seed,
        "distinct": options.distinct,
        "others": _OTHERS,
        "megapixels": options.megapixels,
        "faces": [str(faces.resolve()), faces.stat().st_size] if faces else None,
    }


def _is_pool(folder: Path) -> bool:
    return (folder / INDEX).is_file()


def _kept(folder: Path, settings: Mapping[str, Any]) -> Pool | None:
    try:
        document = json.loads((folder / INDEX).read_text(encoding="utf-8"))
        bases = tuple(
            Base(file=base["file"], bytes=base["bytes"], box=Box(**base["box"]))
            for base in document["bases"]
        )
        if document["settings"] != settings or not all(_is_there(folder, base) for base in bases):
            return None
        distinct = settings["distinct"]
        return Pool(folder=folder, bases=bases, distinct=distinct, faces=document["faces"])
    except FileNotFoundError:
        return None
    except (ValueError, KeyError, TypeError) as error:
        raise InputError(f"{folder / INDEX}: is not what this command wrote ({error})") from error


def _is_there(folder: Path, base: Base) -> bool:
    file = folder / base.file
    return file.is_file() and file.stat().st_size == base.bytes
