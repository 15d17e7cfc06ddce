"""Turn and scale faces so that the eyes lie in the same places in every picture."""

from __future__ import annotations

import math

import cv2
import numpy as np
import numpy.typing as npt

from face_detect.crop import Pixels
from face_detect.landmark_net import LandmarkNet
from train.find_landmarks import Points, find_landmarks

EYES_X, EYES_Y = (0.32, 0.68), 0.375
"""Where they come to lie, as shares of the sides: their medians in FER2013, made level."""
MOST_TURN_DEG = 50.0
DISTANCES = (0.18, 0.5)
"""Eyes further turned, nearer or wider apart, as shares of the side, are no eyes."""
_RIGHT, _LEFT = slice(36, 42), slice(42, 48)
"""The face's own, of iBUG 300-W's 68 points."""
Eyes = npt.NDArray[np.float64]


def align_eyes(crop: Pixels, landmarks: LandmarkNet) -> Pixels | None:
    """The face in a square RGB crop [S, S, 3], aligned; None where no eyes are seen."""
    eyes = find_eyes(crop, landmarks)
    if not are_eyes(eyes):
        return None
    aligned: Pixels = np.asarray(
        cv2.warpAffine(
            crop,
            _motion(eyes, crop.shape[0]),
            crop.shape[:2],
            flags=cv2.INTER_LINEAR,
            borderMode=cv2.BORDER_REPLICATE,
        ),
        np.uint8,
    )
    return aligned


def find_eyes(crop: Pixels, landmarks: LandmarkNet) -> Eyes:
    """Middles of the right and of the left eye [2, 2], x and y as shares of the sides."""
    return eyes_of(find_landmarks(crop, landmarks))


def eyes_of(points: Points) -> Eyes:
    """The same of points that were found already."""
    eyes: Eyes = np.stack([points[part].mean(0) for part in (_RIGHT, _LEFT)]).astype(np.float64)
    return eyes


def are_eyes(eyes: Eyes) -> bool:
    """Whether they lie as a face's do that looks into the camera."""
    across, down = eyes[1] - eyes[0]
    level = abs(math.degrees(math.atan2(down, across))) <= MOST_TURN_DEG
    return level and DISTANCES[0] <= math.hypot(across, down) <= DISTANCES[1]


def _motion(eyes: Eyes, side: int) -> npt.NDArray[np.float64]:
    """Turn, scale and shift from where the eyes are to where they belong, in pixels."""
    wanted = np.array([[EYES_X[0], EYES_Y], [EYES_X[1], EYES_Y]])
    before, after = complex(*(eyes[1] - eyes[0])), complex(*(wanted[1] - wanted[0]))
    turn = after / before
    linear = np.array([[turn.real, -turn.imag], [turn.imag, turn.real]])
    # Pixel centres lie at half.
    middles = [points.mean(0) * side - 0.5 for points in (eyes, wanted)]
    return np.column_stack([linear, middles[1] - linear @ middles[0]])
