"""A few numbers that say how a face's edges run, for comparing pictures without a model."""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

from face_detect.crop import Pixels
from train.explore.look import SIDE

Features = npt.NDArray[np.float32]
_DIMENSIONS = 96
_MOST_FOR_AXES = 6000


def features(views: Pixels) -> Features:
    """Histograms of gradients of the grey views [N, 48, 48], turned to their main axes."""
    if not len(views):
        return np.zeros((0, _DIMENSIONS), np.float32)
    hog = cv2.HOGDescriptor((SIDE, SIDE), (16, 16), (8, 8), (8, 8), 9)
    raw = np.stack([np.asarray(hog.compute(view), np.float32).reshape(-1) for view in views])
    raw -= raw.mean(0)
    some = raw[np.random.default_rng(0).permutation(len(raw))[:_MOST_FOR_AXES]]
    _, axes = np.linalg.eigh(some.T @ some)
    main: Features = raw @ axes[:, -_DIMENSIONS:].astype(np.float32)
    return main
