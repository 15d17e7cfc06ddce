"""What decides a face's bytes besides the options."""

from __future__ import annotations

import cv2
import numpy as np
import onnxruntime

CUTTING = "2"
"""Counted up whenever our own rule changes what a face becomes: 2 looks at half of a picture."""


def made_with() -> dict[str, str]:
    """Versions: a codec or a net may round otherwise in its next one."""
    return {
        "cutting": CUTTING,
        "opencv": cv2.__version__,
        "onnxruntime": onnxruntime.__version__,
        "numpy": np.__version__,
    }
