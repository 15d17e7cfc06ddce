"""Something drawn, laid over a picture."""

from __future__ import annotations

import cv2
import numpy as np

from face_detect.crop import Pixels

FINE = 4
"""A layer is drawn so many times as large, so that its edges come out soft."""


def laid(picture: Pixels, layer: Pixels, colour: np.ndarray, random: np.random.Generator) -> Pixels:
    """Where the layer [4H, 4W] is, its colour, [3] or [H, W, 3], over the picture [H, W, 3]: with
    soft edges, a little shade and grain."""
    height, width = picture.shape[:2]
    over = cv2.resize(layer, (width, height), interpolation=cv2.INTER_AREA)[..., None] / 255
    depth = cv2.distanceTransform(layer, cv2.DIST_L2, 3)
    shade = cv2.resize(depth, (width, height), interpolation=cv2.INTER_AREA)[..., None]
    lit = colour * random.uniform(0.6, 1.05) * (0.75 + 0.25 * shade / max(1e-6, shade.max()))
    grain = random.normal(0, 5, (height, width, 1))
    mixed = picture * (1 - over) + (lit + grain) * over
    result: Pixels = np.clip(np.floor(mixed + 0.5), 0, 255).astype(np.uint8)
    return result
