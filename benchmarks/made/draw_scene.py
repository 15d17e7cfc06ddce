"""A small picture of faces before something: what a camera will see."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from benchmarks.made.faces import CutFace
from face_detect.box import Box
from face_detect.command import MachineError
from face_detect.crop import Pixels
from face_detect.detector import Detector

_TRIES = 60
_TRIES_BEFORE_ONE = 10
"""Ground, which takes longer to draw than faces; perhaps it hides one."""
_SURE = 0.6
_SAME_IOU = 0.4
_SIDE = (0.26, 0.45)
"""A face's width in units of the picture's shorter side: people who took their own picture."""
_SIDE_OF_MANY = (0.2, 0.26)
_TURN_DEG = 10.0
_Layer = npt.NDArray[np.float32]


@dataclass(frozen=True, kw_only=True)
class Scene:
    """RGB, and where its faces are."""

    pixels: Pixels
    boxes: tuple[Box, ...]


def draw_scene(
    faces: Sequence[CutFace], size: tuple[int, int], seed: Sequence[int], detector: Detector
) -> Scene:
    """`size` is width and height. Drawn again until the detector sees these faces and no others."""
    for attempt in range(_TRIES):
        random = np.random.default_rng((*seed, attempt))
        if not faces or attempt % _TRIES_BEFORE_ONE == 0:
            ground = _background(size, random)
        scene = _draw(faces, ground.copy(), random)
        if shows(scene.pixels, scene.boxes, detector, _SURE):
            return scene
    raise MachineError(f"the detector sees other faces than were drawn, {_TRIES} times over")


def shows(rgb: Pixels, boxes: Sequence[Box], detector: Detector, least: float = 0.0) -> bool:
    """Whether the detector sees these faces there, as surely as that, and no others."""
    found = detector.detect(rgb)
    return len(found) == len(boxes) and all(
        any(box.iou(other) > _SAME_IOU and other.score >= least for other in found) for box in boxes
    )


def _draw(faces: Sequence[CutFace], canvas: _Layer, random: np.random.Generator) -> Scene:
    size = canvas.shape[1], canvas.shape[0]
    width = size[0] / max(1, len(faces))
    low, high = _SIDE_OF_MANY if len(faces) > 1 else _SIDE
    boxes = []
    for place, face in enumerate(faces):
        side = random.uniform(low, high) * min(size)
        x = width * (place + 0.5 + random.uniform(-0.08, 0.08))
        y = size[1] * random.uniform(0.42, 0.58)
        boxes.append(_paste(canvas, _lit(face, random), (x, y), side, random))
    return Scene(pixels=canvas.clip(0, 255).round().astype(np.uint8), boxes=tuple(boxes))


def _background(size: tuple[int, int], random: np.random.Generator) -> _Layer:
    """A few pale colours that flow into each other, and unrest of every size."""
    colours = random.uniform(30, 225, (3, 3, 1)) + random.normal(0, 22, (3, 3, 3))
    canvas = _smooth(colours, size)
    cells, strength = 4, 40.0
    while cells < max(size) / 6:
        unrest = random.normal(0, strength, (cells, cells, 1)) + random.normal(
            0, strength / 8, (cells, cells, 3)
        )
        canvas += _smooth(unrest, size)
        cells, strength = cells * 2, strength * 0.62
    return canvas


def _smooth(coarse: npt.NDArray[np.float64], size: tuple[int, int]) -> _Layer:
    return np.asarray(
        cv2.resize(coarse.astype(np.float32), size, interpolation=cv2.INTER_CUBIC), np.float32
    )


def _lit(face: CutFace, random: np.random.Generator) -> CutFace:
    """The same face at another hour: brightness, colour, light from one side, perhaps mirrored."""
    pixels, box = face.pixels.astype(np.float32) / 255, face.box
    side = pixels.shape[0]
    pixels = pixels ** random.uniform(0.8, 1.25) * random.uniform(0.88, 1.12, 3).astype(np.float32)
    slope = np.linspace(-1, 1, side, dtype=np.float32)
    light = random.uniform(-0.18, 0.18, 2).astype(np.float32)
    pixels *= (1 + light[0] * slope[:, None] + light[1] * slope[None, :])[..., None]
    if random.integers(2):
        pixels = pixels[:, ::-1]
        box = Box(x=side - box.x - box.width, y=box.y, width=box.width, height=box.height)
    lit = np.ascontiguousarray((pixels * 255).clip(0, 255).astype(np.uint8))
    return CutFace(pixels=lit, box=box)


def _paste(
    canvas: _Layer,
    face: CutFace,
    centre: tuple[float, float],
    side_px: float,
    random: np.random.Generator,
) -> Box:
    """Head and hair in a soft oval, turned and stretched a little; where the face is then."""
    face = _shrunk(face, side_px)
    box = face.box
    scale = side_px / box.width
    stretch = random.uniform(0.93, 1.07)
    turn = np.deg2rad(random.uniform(-_TURN_DEG, _TURN_DEG))
    cos, sin = np.cos(turn), np.sin(turn)
    linear = np.array([[cos, -sin], [sin, cos]]) @ np.diag([scale, scale * stretch])
    middle = np.array([box.x + box.width / 2, box.y + box.height / 2])
    placed = np.hstack([linear, (np.array(centre) - linear @ middle)[:, None]])
    size = canvas.shape[1::-1]
    pasted = cv2.warpAffine(face.pixels, placed, size, borderMode=cv2.BORDER_REPLICATE)
    share = cv2.warpAffine(_oval(face), placed, size)[..., None]
    canvas += (pasted - canvas) * share
    width, height = box.width * scale, box.height * scale * stretch
    return Box(x=centre[0] - width / 2, y=centre[1] - height / 2, width=width, height=height)


def _shrunk(face: CutFace, side_px: float) -> CutFace:
    """To twice what is needed at most, by the area's average: what is warped may not flicker."""
    scale = 2 * side_px / face.box.width
    if scale >= 1:
        return face
    side = max(8, round(face.pixels.shape[0] * scale))
    scale, box = side / face.pixels.shape[0], face.box
    return CutFace(
        pixels=np.asarray(
            cv2.resize(face.pixels, (side, side), interpolation=cv2.INTER_AREA), np.uint8
        ),
        box=Box(
            x=box.x * scale, y=box.y * scale, width=box.width * scale, height=box.height * scale
        ),
    )


def _oval(face: CutFace) -> _Layer:
    """1 on the face and its hair, 0 where neighbours may begin."""
    side, box = face.pixels.shape[0], face.box
    rows, columns = np.mgrid[:side, :side].astype(np.float32)
    across = (columns - box.x - box.width / 2) / (0.85 * box.width)
    down = (rows - box.y - box.height * 0.45) / (0.95 * box.height)
    distance = np.hypot(across, down)
    return np.asarray(((1 - distance) / 0.25).clip(0, 1), np.float32)
