"""Turn and scale faces so that the eyes lie in the same places in every picture."""

from __future__ import annotations

import math

import cv2
import numpy as np
import numpy.typing as npt
import torch

from face_detect.crop import Pixels, Rect, sample
from face_detect.landmark_net import MEAN_RGB, SIDE, LandmarkNet

EYES_X, EYES_Y = (0.32, 0.68), 0.375
"""Where they come to lie, as shares of the sides: their medians in FER2013, made level."""
MOST_TURN_DEG = 50.0
DISTANCES = (0.18, 0.5)
"""Eyes further turned, nearer or wider apart, as shares of the side, are no eyes."""
_RIGHT, _LEFT = slice(36, 42), slice(42, 48)
"""The face's own, of iBUG 300-W's 68 points."""
_POINTS = 68
Eyes = npt.NDArray[np.float64]


def align_eyes(crop: Pixels, landmarks: LandmarkNet) -> Pixels | None:
    """The face in a square RGB crop [S, S, 3], aligned; None where no eyes are seen."""
    eyes = find_eyes(crop, landmarks)
    across, down = eyes[1] - eyes[0]
    if abs(math.degrees(math.atan2(down, across))) > MOST_TURN_DEG:
        return None
    if not DISTANCES[0] <= math.hypot(across, down) <= DISTANCES[1]:
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


@torch.inference_mode()
def find_eyes(crop: Pixels, landmarks: LandmarkNet) -> Eyes:
    """Middles of the right and of the left eye [2, 2], x and y as shares of the sides."""
    shown = sample(crop, Rect(x=0, y=0, side=crop.shape[0]), SIDE).astype(np.float32)
    tensor = torch.from_numpy((shown - np.array(MEAN_RGB, np.float32)) / 255)
    points = landmarks(tensor.permute(2, 0, 1)[None])[0].numpy().reshape(2, _POINTS)
    eyes: Eyes = np.stack([points[:, part].mean(1) for part in (_RIGHT, _LEFT)]).astype(np.float64)
    return eyes


def _motion(eyes: Eyes, side: int) -> npt.NDArray[np.float64]:
    """Turn, scale and shift from where the eyes are to where they belong, in pixels."""
    wanted = np.array([[EYES_X[0], EYES_Y], [EYES_X[1], EYES_Y]])
    before, after = complex(*(eyes[1] - eyes[0])), complex(*(wanted[1] - wanted[0]))
    turn = after / before
    linear = np.array([[turn.real, -turn.imag], [turn.imag, turn.real]])
    # Pixel centres lie at half.
    middles = [points.mean(0) * side - 0.5 for points in (eyes, wanted)]
    return np.column_stack([linear, middles[1] - linear @ middles[0]])
