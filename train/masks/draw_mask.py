"""A mask, drawn on the picture of a face."""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

from face_detect.crop import Pixels
from train.laid import FINE, laid
from train.masks.cloth import cloth
from train.masks.mask_shape import MaskShape, Place, Worn, mask_shape

_SHIFT = 4
"""OpenCV takes places in sixteenths of a pixel."""
_STRINGS = ((245, 245, 245), (30, 30, 30))
_LIGHT_WIDTHS = 0.12
"""Deviation of the blur that leaves of a face its light, in widths of the face."""


def draw_mask(picture: Pixels, points: Place, worn: Worn, random: np.random.Generator) -> Pixels:
    """RGB [H, W, 3] with a mask; points [68, 2] in its pixels."""
    shape = mask_shape(points, worn, random)
    mask = _filled(shape.outline, picture)
    across, down = _laid_along(shape, picture)
    fabric = cloth(across, down, random) * _light(picture, shape, mask)[..., None]
    with_strings = _with_loops(picture, shape, random)
    return laid(with_strings, mask, fabric, random)


def _filled(outline: Place, picture: Pixels) -> Pixels:
    layer = _layer(picture)
    cv2.fillPoly(layer, [_fixed(outline)], 255, cv2.LINE_AA, _SHIFT)
    return layer


def _with_loops(picture: Pixels, shape: MaskShape, random: np.random.Generator) -> Pixels:
    layer = _layer(picture)
    width = float(np.hypot(*shape.across))
    thick = max(1, round(width * random.uniform(0.008, 0.022) * FINE))
    lines = [_fixed(loop) for loop in shape.loops]
    cv2.polylines(layer, lines, isClosed=False, color=255, thickness=thick, shift=_SHIFT)
    colour = np.array(_STRINGS[int(random.random() < 0.3)], np.float64)
    return laid(picture, layer, colour, random)


def _layer(picture: Pixels) -> Pixels:
    return np.zeros((picture.shape[0] * FINE, picture.shape[1] * FINE), np.uint8)


def _fixed(places: Place) -> npt.NDArray[np.int32]:
    fixed: npt.NDArray[np.int32] = np.round(places * FINE * 2**_SHIFT).astype(np.int32)
    return fixed


def _laid_along(
    shape: MaskShape, picture: Pixels
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """How far each pixel lies across the face and down it, in the face's own width and height."""
    row, column = np.mgrid[: picture.shape[0], : picture.shape[1]] + 0.5
    away = np.stack([column - shape.origin[0], row - shape.origin[1]], axis=-1)
    # Across and down need not be at right angles: a face may look to a side.
    inverse = np.linalg.inv(np.stack([shape.across, shape.down], axis=1))
    own = away @ inverse.T
    return own[..., 0], own[..., 1]


def _light(picture: Pixels, shape: MaskShape, mask: Pixels) -> npt.NDArray[np.float64]:
    """How brightly each place is lit, 1 on the mask's average: what is under it, much blurred."""
    width = float(np.hypot(*shape.across))
    level = picture.mean(axis=2)
    blurred = np.asarray(cv2.GaussianBlur(level, (0, 0), max(1.0, _LIGHT_WIDTHS * width)))
    height, across = picture.shape[:2]
    inside = cv2.resize(mask, (across, height), interpolation=cv2.INTER_AREA) > 0
    usual = blurred[inside].mean() if inside.any() else 1.0
    light: npt.NDArray[np.float64] = np.clip(blurred / max(1.0, usual), 0.6, 1.3)
    return light
