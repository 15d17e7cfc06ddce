"""ONNX → TensorFlow operator by operator, guessing nothing: every tensor keeps ONNX's own layout.

The way for nets whose layouts onnx2tf guesses wrong. Convolutions stand between transposes, which
the clean-up takes out again.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import onnx
from onnx import numpy_helper

from export.direct_call import Call
from export.direct_ops import OPS
from export.direct_spatial import SPATIAL
from export.onnx_file import real_inputs

TRANSLATED: dict[str, Callable[[Call], Any]] = {**OPS, **SPATIAL}


def direct(model: onnx.ModelProto) -> Callable[[Any], Any]:
    """The net as a TensorFlow function of its own input; for nets all of whose operators are in
    `TRANSLATED`."""
    (given,) = real_inputs(model.graph)
    (result,) = model.graph.output
    opset = next(item.version for item in model.opset_import if item.domain in ("", "ai.onnx"))

    def run(value: Any) -> Any:
        known: dict[str, Any] = {given.name: value}
        for item in model.graph.initializer:
            known[item.name] = numpy_helper.to_array(item)
        for node in model.graph.node:
            call = Call.of(node, [known[name] if name else None for name in node.input], opset)
            found = TRANSLATED[node.op_type](call)
            outputs = found if isinstance(found, list) else [found]
            known.update(zip(node.output, outputs, strict=False))
        return known[result.name]

    return run


def untranslated(model: onnx.ModelProto) -> list[str]:
    """The net's operators that `direct` does not know."""
    return sorted({node.op_type for node in model.graph.node} - TRANSLATED.keys())
