"""The libraries that decide a face's bytes."""

from __future__ import annotations

import cv2
import numpy as np
import onnxruntime


def made_with() -> dict[str, str]:
    """Their versions: a codec or a net may round otherwise in its next one."""
    return {
        "opencv": cv2.__version__,
        "onnxruntime": onnxruntime.__version__,
        "numpy": np.__version__,
    }
