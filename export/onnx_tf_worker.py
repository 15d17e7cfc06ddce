"""ONNX → SavedModel by onnx-tf; runs in .venv-onnx-tf, so it imports nothing of this project.

python onnx_tf_worker.py NET.onnx FOLDER
"""

from __future__ import annotations

import json
import sys
import warnings
from pathlib import Path
from typing import Any


def convert(onnx_file: str, saved_model: str) -> None:
    """Write a net that takes NCHW as one that takes NHWC: one `input`, one `output`."""
    import onnx
    import tensorflow as tf
    from onnx_tf.backend import prepare
    from tensorflow.python.framework.convert_to_constants import (
        convert_variables_to_constants_v2,
    )

    model = onnx.load(onnx_file)
    net: Any = prepare(model, device="CPU")
    (given,) = net.inputs
    (result,) = net.outputs
    dims = net.signatures[given].shape.as_list()
    shape = [dims[0], dims[2], dims[3], dims[1]]

    def run(value: Any) -> Any:
        return {"output": net.tf_module(**{given: tf.transpose(value, [0, 3, 1, 2])})[result]}

    spec = tf.TensorSpec(shape, tf.float32, name="input")
    frozen = convert_variables_to_constants_v2(tf.function(run).get_concrete_function(spec))
    module = tf.Module()
    module.run = frozen
    tf.saved_model.save(module, saved_model, signatures=frozen)


def main() -> int:
    """What goes wrong is one line of JSON: another process reads it."""
    warnings.simplefilter("ignore")
    try:
        convert(*sys.argv[1:])
    except Exception as error:
        answer = {"error": type(error).__name__, "message": str(error)}
        Path(sys.argv[2] + ".error.json").write_text(json.dumps(answer), encoding="utf-8")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
