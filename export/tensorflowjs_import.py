"""Import `tensorflowjs` without three packages that it imports and never needs for a SavedModel.

`tensorflow_decision_forests` and `tensorflow_hub` do not install beside the pinned TensorFlow, and
JAX must stay absent: Keras 3 looks for it and fails on a stand-in.
"""

from __future__ import annotations

import sys
import types
from typing import Any

_UNUSED = (
    "tensorflow_decision_forests",
    "tensorflow_hub",
    "tensorflowjs.converters.jax_conversion",
)


def converter() -> Any:
    """`tensorflowjs.converters.tf_saved_model_conversion_v2`."""
    _fill_in()
    from tensorflowjs.converters import tf_saved_model_conversion_v2

    return tf_saved_model_conversion_v2


def _fill_in() -> None:
    for name in _UNUSED:
        module = sys.modules.setdefault(name, types.ModuleType(name))
        module.__dict__.setdefault("convert_jax", None)
