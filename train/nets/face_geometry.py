"""What 68 points of a face say about its expression, whatever its place, size and tilt."""

from __future__ import annotations

import torch
from torch import Tensor, nn

POINTS = 68
_RIGHT_EYE, _LEFT_EYE = slice(36, 42), slice(42, 48)

# Points are numbered as in iBUG 300-W, from 0.
_LIDS = ((37, 41), (38, 40), (43, 47), (44, 46))
_BROWS_TO_EYES = ((17, 36), (19, 37), (21, 39), (22, 42), (24, 44), (26, 45))
_LIPS_APART = ((61, 67), (62, 66), (63, 65), (51, 57))
_MOUTH_WIDE = ((48, 54), (60, 64))
_BROWS_APART = ((21, 22),)
_NOSE = ((31, 35), (33, 51), (31, 48), (35, 54))
_CHEEKS_AND_CHIN = ((36, 48), (45, 54), (8, 57))
DISTANCES = (
    *_LIDS,
    *_BROWS_TO_EYES,
    *_LIPS_APART,
    *_MOUTH_WIDE,
    *_BROWS_APART,
    *_NOSE,
    *_CHEEKS_AND_CHIN,
)
"""Pairs of points that an expression moves apart."""
SLOPES = (
    *((17, 19), (19, 21), (22, 24), (24, 26)),
    *((48, 51), (54, 51), (48, 57), (54, 57)),
)
"""Lines that an expression turns: halves of the brows, and lips from the mouth's corners."""
FEATURES = 2 * POINTS + len(DISTANCES) + len(SLOPES)
_LEAST = 1e-4
"""Added to squares, so that nothing is divided by 0: a hundredth of the distance of the eyes."""


class FaceGeometry(nn.Module):
    """[N, 136], every point's x and then every y, to [N, FEATURES]: the points with the eyes'
    middle as origin, the eyes' distance as unit and their line as horizon; then distances between
    points, and sines of slopes.
    """

    def __init__(self) -> None:
        super().__init__()
        for name, pairs in (("apart", DISTANCES), ("turned", SLOPES)):
            for end in range(2):
                index = torch.tensor([pair[end] for pair in pairs])
                self.register_buffer(f"{name}{end}", index, persistent=False)

    def forward(self, points: Tensor) -> Tensor:
        across, down = _upright(points[:, :POINTS], points[:, POINTS:])
        apart = _length(self._along(across, "apart"), self._along(down, "apart"))
        fall = self._along(down, "turned")
        turned = fall / _length(self._along(across, "turned"), fall)
        return torch.cat([across, down, apart, turned], 1)

    def _along(self, values: Tensor, name: str) -> Tensor:
        begin, end = (values.index_select(1, getattr(self, f"{name}{i}")) for i in range(2))
        return end - begin


def _upright(x: Tensor, y: Tensor) -> tuple[Tensor, Tensor]:
    (right_x, left_x), (right_y, left_y) = (
        [values[:, eye].mean(1, keepdim=True) for eye in (_RIGHT_EYE, _LEFT_EYE)]
        for values in (x, y)
    )
    eyes_x, eyes_y = left_x - right_x, left_y - right_y
    x, y = x - (left_x + right_x) / 2, y - (left_y + right_y) / 2
    square = eyes_x * eyes_x + eyes_y * eyes_y + _LEAST
    return (x * eyes_x + y * eyes_y) / square, (y * eyes_x - x * eyes_y) / square


def _length(x: Tensor, y: Tensor) -> Tensor:
    return torch.sqrt(x * x + y * y + _LEAST)
