"""From the Tiny Face Detector's raw output to boxes."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from face_detect.box import Box

# Width and height in cells, from face-api's src/tinyFaceDetector/const.ts
ANCHORS = np.array(
    [
        (1.603231, 2.094468),
        (6.041143, 7.080126),
        (2.882459, 3.518061),
        (4.266906, 5.178857),
        (9.041765, 10.66308),
    ]
)


def decode(
    raw: npt.NDArray[np.float32], extent_px: tuple[float, float], threshold: float
) -> list[Box]:
    """Every box of a [25, n, n] output whose score is above `threshold`, in no order.

    `extent_px` is what the n cells span across and down, in the picture's pixels.
    """
    cells = raw.shape[-1]
    values = raw.astype(np.float64).reshape(len(ANCHORS), 5, cells, cells).transpose(0, 2, 3, 1)
    scores = _sigmoid(values[..., 4])
    anchor, row, column = np.nonzero(scores > threshold)
    found = values[anchor, row, column]
    unit = np.array(extent_px) / cells
    centres = (np.stack([column, row], axis=1) + _sigmoid(found[:, 0:2])) * unit
    sizes = np.exp(found[:, 2:4]) * ANCHORS[anchor] * unit
    corners = centres - sizes / 2
    return [
        Box(x=float(x), y=float(y), width=float(width), height=float(height), score=float(score))
        for (x, y), (width, height), score in zip(
            corners, sizes, scores[anchor, row, column], strict=True
        )
    ]


def _sigmoid(x: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Written with tanh, which cannot overflow."""
    return 0.5 + 0.5 * np.tanh(x / 2)
