"""Faces behind something: a hand that is drawn over them, or a mask."""

from __future__ import annotations

import cv2
import numpy as np

from face_detect.crop import Pixels
from train.laid import FINE, laid

_SKINS = ((240, 200, 170), (220, 170, 130), (170, 120, 85), (110, 75, 55))


def hand_over(face: Pixels, random: np.random.Generator) -> Pixels:
    """A spread hand before the face [S, S, 3]: over the eyes, the mouth or nearly all of it."""
    side = face.shape[0] * FINE
    layer = np.zeros((side, side), np.uint8)
    palm = random.uniform(0.5, 0.68) * side, random.uniform(0.62, 0.85) * side
    if random.random() < 0.5:
        palm = side - palm[0], palm[1]
    reach = random.uniform(0.24, 0.34) * side
    turn = random.uniform(-0.5, 0.5)
    centre = round(palm[0]), round(palm[1])
    cv2.ellipse(layer, centre, (round(reach), round(reach * 1.15)), 0, 0, 360, 255, -1)
    for finger, angle in enumerate(np.linspace(-0.6, 0.6, 5) * random.uniform(0.5, 1) + turn):
        length = reach * (2.4 if finger in (1, 2, 3) else 1.9)
        tip = round(palm[0] + np.sin(angle) * length), round(palm[1] - np.cos(angle) * length)
        cv2.line(layer, centre, tip, 255, round(reach * random.uniform(0.4, 0.5)))
    return laid(face, layer, np.array(_SKINS[random.integers(len(_SKINS))]), random)


def mask_over(face: Pixels, random: np.random.Generator) -> Pixels:
    """A mask over the lower half of the face [S, S, 3]."""
    side = face.shape[0] * FINE
    layer = np.zeros((side, side), np.uint8)
    top, low = random.uniform(0.42, 0.55), random.uniform(0.9, 1.1)
    left, right = random.uniform(0.05, 0.2), random.uniform(0.8, 0.95)
    middle = random.uniform(0.44, 0.56)
    shape = [(left, top + 0.08), (middle, top), (right, top + 0.08)]
    shape += [(right - 0.08, low - 0.15), (middle, low), (left + 0.08, low - 0.15)]
    cv2.fillPoly(layer, [np.array([(round(x * side), round(y * side)) for x, y in shape])], 255)
    return laid(face, layer, random.uniform(20, 255, 3), random)
