"""A still as a camera would see a face that holds its expression for some seconds."""

from __future__ import annotations

import math

import cv2
import numpy as np
import numpy.typing as npt

from face_detect.crop import Pixels

CAMERA_HZ = 30
"""Made frames come as often as a camera's; a slower page sees some of them."""
SHIFT_SIDES, ZOOM, TURN_DEG = 0.05, 0.07, 7.0
LIGHT, CONTRAST = 30.0, 0.25
"""Grey levels up or down, and the share by which their spread changes."""
NOISE = 10.0
"""Grey levels of a dark room's sensor."""
BLUR_SIDES = 0.03
POSE_S, BOX_S, LIGHT_S, BLUR_S = 0.6, 0.08, 1.5, 0.1
"""How long each keeps its value: heads move slowly, a detector's box trembles."""
_POSES = 4
"""Right, down, larger, turned."""

Path = npt.NDArray[np.float64]


def sway(crop: Pixels, frames: int, random: np.random.Generator) -> Pixels:
    """RGB crops [frames, S, S, 3] of one RGB crop [S, S, 3]: moved, turned, lit, blurred, noised.

    How much of it there is differs from still to still: some people sit still in good light.
    """
    unrest = random.uniform(0.2, 1.0)
    poses = unrest * (
        _wander(frames, POSE_S, _POSES, random) + 0.5 * _wander(frames, BOX_S, _POSES, random)
    )
    light = random.uniform(0.0, 1.0) * _wander(frames, LIGHT_S, 2, random)
    blurs = unrest * _wander(frames, BLUR_S, 1, random)[:, 0]
    noise = NOISE * random.uniform(0.1, 1.0)
    result = np.empty((frames, *crop.shape), np.uint8)
    for i in range(frames):
        seen = _moved(crop, poses[i])
        if blurs[i] > 0.5:  # now and then, as when a head turns
            sigma = BLUR_SIDES * crop.shape[0] * blurs[i]
            seen = np.asarray(cv2.GaussianBlur(seen, (0, 0), sigma), np.float32)
        seen = (seen - 128) * (1 + CONTRAST * light[i, 0]) + 128 + LIGHT * light[i, 1]
        seen += noise * random.standard_normal((*crop.shape[:2], 1), np.float32)
        result[i] = np.clip(np.rint(seen), 0, 255)
    return result


def _wander(frames: int, keeps_s: float, count: int, random: np.random.Generator) -> Path:
    """Paths [frames, count] that leave their mean by about a half and come back to it."""
    kept = math.exp(-1 / (CAMERA_HZ * keeps_s))
    found = np.empty((frames, count))
    value = random.standard_normal(count)
    for i in range(frames):
        found[i] = value
        value = kept * value + math.sqrt(1 - kept**2) * random.standard_normal(count)
    return found / 2


def _moved(crop: Pixels, pose: Path) -> npt.NDArray[np.float32]:
    side = crop.shape[0]
    across, down, larger, turn = pose
    centre = (side - 1) / 2
    motion = cv2.getRotationMatrix2D((centre, centre), TURN_DEG * turn, 1 + ZOOM * larger)
    motion[:, 2] += SHIFT_SIDES * side * np.array([across, down])
    moved = cv2.warpAffine(
        crop, motion, (side, side), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
    )
    return np.asarray(moved, np.float32)
