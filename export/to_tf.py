"""ONNX → TF SavedModel, by one of two converters."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import onnx

from export.graph import INPUT, OUTPUT
from face_detect.command import InputError


class UnsupportedOperatorError(InputError):
    """The net uses an operator that cannot go to the browser; the message names it."""


class ConversionError(InputError):
    """A converter gave up on a net."""


class Converter(Protocol):
    """Turns an ONNX file into a SavedModel with one input, NHWC, and one output."""

    @property
    def name(self) -> str: ...

    def convert(self, onnx_file: Path, saved_model: Path) -> None: ...


class Onnx2tf:
    """PINTO0309's onnx2tf: follows the data layout through the graph, so few transposes remain."""

    name = "onnx2tf"

    def convert(self, onnx_file: Path, saved_model: Path) -> None:
        _refuse_unknown_operators(onnx_file)
        saved_model.mkdir(parents=True, exist_ok=True)
        with _quiet(), contextlib.chdir(saved_model):
            net = _onnx2tf(onnx_file.resolve())
        _save_frozen(net, saved_model)


def _onnx2tf(onnx_file: Path) -> Any:
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    import onnx2tf

    # Without this file beside it, onnx2tf fetches pictures for inputs of three channels.
    samples = Path("calibration_image_sample_data_20x128x128x3_float32.npy")
    np.save(samples, np.zeros((20, 128, 128, 3), np.float32))
    try:
        return onnx2tf.convert(
            input_onnx_file_path=str(onnx_file),
            output_folder_path=".",
            not_use_onnxsim=True,
            disable_model_save=True,
            non_verbose=True,
            verbosity="error",
        )
    except (Exception, SystemExit) as error:  # it exits on what it does not know
        raise ConversionError(f"{onnx_file}: onnx2tf gave up ({_first_line(error)})") from error
    finally:
        samples.unlink()


def _refuse_unknown_operators(onnx_file: Path) -> None:
    import onnx2tf

    known = {path.stem for path in (Path(onnx2tf.__file__).parent / "ops").glob("*.py")}
    used = {node.op_type for node in onnx.load(onnx_file, load_external_data=False).graph.node}
    if unknown := sorted(used - known):
        raise UnsupportedOperatorError(
            f"{onnx_file}: uses {', '.join(unknown)}, which cannot be converted for the browser"
        )


def _save_frozen(net: Any, saved_model: Path) -> None:
    """Save the net as one function of constants; saving the Keras model takes 50 times as long."""
    import tensorflow as tf
    from tensorflow.python.framework.convert_to_constants import (
        convert_variables_to_constants_v2,
    )

    (spec,) = net.inputs
    function = tf.function(lambda value: {OUTPUT: net(value)})
    concrete = function.get_concrete_function(tf.TensorSpec(spec.shape, tf.float32, name=INPUT))
    frozen = convert_variables_to_constants_v2(concrete)
    module = tf.Module()
    module.run = frozen
    tf.saved_model.save(module, str(saved_model), signatures=frozen)


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    """onnx2tf writes to standard output even when told not to."""
    with (
        Path(os.devnull).open("w") as nowhere,
        contextlib.redirect_stdout(nowhere),
        contextlib.redirect_stderr(nowhere),
    ):
        yield


def _first_line(error: BaseException) -> str:
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    return f"{type(error).__name__}: {lines[0]}" if lines else type(error).__name__


CONVERTERS: dict[str, Callable[[], Converter]] = {"onnx2tf": Onnx2tf}
