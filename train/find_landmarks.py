"""Where a face's 68 points lie."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import torch

from face_detect.crop import Pixels, Rect, sample
from face_detect.landmark_net import MEAN_RGB, SIDE, LandmarkNet

POINTS = 68
Points = npt.NDArray[np.float32]
"""[68, 2]: x and y, numbered as in iBUG 300-W, from 0."""


@torch.inference_mode()
def find_landmarks(crop: Pixels, landmarks: LandmarkNet) -> Points:
    """Of the face in a square RGB crop [S, S, 3], as shares of its sides."""
    shown = sample(crop, Rect(x=0, y=0, side=crop.shape[0]), SIDE).astype(np.float32)
    tensor = torch.from_numpy((shown - np.array(MEAN_RGB, np.float32)) / 255)
    points = landmarks(tensor.permute(2, 0, 1)[None])[0].numpy().reshape(2, POINTS)
    found: Points = points.T
    return found
