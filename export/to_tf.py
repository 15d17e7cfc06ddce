"""ONNX → TF SavedModel, by one of two converters."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import onnx

from export.direct import direct, untranslated
from export.fold_onnx import fold_onnx
from export.graph import INPUT, OUTPUT
from export.onnx_file import dims, read_onnx, real_inputs
from export.onnx_tf import OnnxTf
from export.planar import planar
from export.probe import disagreement, probes
from export.unknown_operators import refuse_unknown_operators
from export.unsupported import UnsupportedOperatorError
from face_detect.command import InputError


class ConversionError(InputError):
    """A converter gave up on a net."""


ALLOWED = 1e-4
"""How far a converted net may be from onnxruntime, as a share of the largest answer."""


class Converter(Protocol):
    """Turns an ONNX file into a SavedModel with one input, NHWC, and one output."""

    @property
    def name(self) -> str: ...

    def convert(self, onnx_file: Path, saved_model: Path) -> str:
        """Say which road it took, and why when it was not the first."""


class Onnx2tf:
    """PINTO0309's onnx2tf: follows the data layout through the graph, so few transposes remain.

    It guesses layouts from sizes, sometimes wrongly, so its net is put beside onnxruntime at once;
    where they differ, the net is translated operator by operator instead.
    """

    name = "onnx2tf"

    def convert(self, onnx_file: Path, saved_model: Path) -> str:
        model = planar(fold_onnx(read_onnx(onnx_file)))
        refuse_unknown_operators(onnx_file, model)
        saved_model.mkdir(parents=True, exist_ok=True)
        reasons: list[str] = []
        unsupported: list[str] | None = None
        for name, road in ROADS.items():
            try:
                function = road(model, saved_model)
                apart = _apart(onnx_file, function)
            except (OSError, MemoryError):  # the machine's fault, which no other road avoids
                raise
            except Exception as error:  # of many kinds, none of them documented
                if isinstance(error, UnsupportedOperatorError):
                    unsupported = [*(unsupported or ()), *error.operators]
                reasons.append(f"{name}: {_first_line(error)}")
                continue
            if apart <= ALLOWED:
                _save_frozen(function, saved_model)
                return f"{name}, because {'; '.join(reasons)}" if reasons else name
            reasons.append(f"{name}: off by {apart:.1e}, allowed {ALLOWED:.0e}")
        message = f"{onnx_file}: cannot be converted ({'; '.join(reasons)})"
        if unsupported is not None:
            raise UnsupportedOperatorError(message, unsupported)
        raise ConversionError(message)


def _by_onnx2tf(model: onnx.ModelProto, folder: Path) -> Any:
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    import onnx2tf
    import tensorflow as tf

    # Without this file beside it, onnx2tf fetches pictures for inputs of three channels.
    samples = folder / "calibration_image_sample_data_20x128x128x3_float32.npy"
    file = folder / "planar.onnx"
    np.save(samples, np.zeros((20, 128, 128, 3), np.float32))
    onnx.save(model, file)
    try:
        with _quiet(), contextlib.chdir(folder):
            net = onnx2tf.convert(
                input_onnx_file_path=file.name,
                output_folder_path=".",
                not_use_onnxsim=True,
                disable_model_save=True,
                non_verbose=True,
                verbosity="error",
            )
    except SystemExit as error:  # it exits on what it does not know
        raise ConversionError("it gave up") from error
    finally:
        samples.unlink()
        file.unlink()
    (spec,) = net.inputs
    function = tf.function(lambda value: {OUTPUT: net(value)})
    return function.get_concrete_function(tf.TensorSpec(spec.shape, tf.float32, name=INPUT))


def _by_operator(model: onnx.ModelProto, folder: Path) -> Any:
    import tensorflow as tf

    del folder
    if missing := untranslated(model):
        raise UnsupportedOperatorError(f"does not know {', '.join(missing)}", missing)
    run = direct(model)
    (given,) = real_inputs(model.graph)
    batch, *rest = dims(given)
    shape = [batch, *rest[1:], rest[0]]
    function = tf.function(lambda value: {OUTPUT: run(tf.transpose(value, [0, 3, 1, 2]))})
    return function.get_concrete_function(tf.TensorSpec(shape, tf.float32, name=INPUT))


ROADS: dict[str, Callable[[onnx.ModelProto, Path], Any]] = {
    "onnx2tf": _by_onnx2tf,
    "operator by operator": _by_operator,
}


def _apart(onnx_file: Path, function: Any) -> float:
    """How far a net is from onnxruntime on the file, whichever layouts the two have."""
    import onnxruntime
    import tensorflow as tf

    session = onnxruntime.InferenceSession(onnx_file, providers=["CPUExecutionProvider"])
    (entry,) = session.get_inputs()
    (spec,), _ = function.structured_input_signature
    shape = tuple(spec.shape[1:])
    inputs = probes(shape)
    turned = inputs if tuple(entry.shape[1:]) == shape else inputs.transpose(0, 3, 1, 2)
    batch = spec.shape[0] or 1
    references, found = [], []
    for mine, theirs in zip(inputs, turned, strict=True):
        (answer,) = function(tf.constant(np.stack([mine] * batch))).values()
        references.append(session.run(None, {entry.name: np.stack([theirs] * batch)})[0])
        found.append(_alike(answer.numpy(), references[-1].shape))
    return disagreement(np.concatenate(references), np.concatenate(found))


def _alike(found: Any, shape: tuple[int, ...]) -> Any:
    if found.ndim == 4 and found.shape != shape:
        return found.transpose(0, 3, 1, 2)
    return found


def _save_frozen(concrete: Any, saved_model: Path) -> None:
    """Save the net as one function of constants; saving the Keras model takes 50 times as long."""
    import tensorflow as tf
    from tensorflow.python.framework.convert_to_constants import (
        convert_variables_to_constants_v2,
    )

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


CONVERTERS: dict[str, Callable[[], Converter]] = {"onnx2tf": Onnx2tf, "onnx-tf": OnnxTf}
