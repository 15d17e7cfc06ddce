"""The same inputs through each form that a net takes on its way to the browser."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from torch import nn

from export.drift import Outputs
from face_detect.command import InputError

Tensor = npt.NDArray[np.float32]
_BATCH = 16


def run_torch(net: nn.Module, nhwc: Tensor, layout: str) -> Outputs:
    """The net's own answers [N, K] to inputs [N, H, W, C]."""

    def answer(part: Tensor) -> Outputs:
        result: Outputs = net(torch.from_numpy(_laid_out(part, layout))).numpy()
        return result

    with torch.inference_mode(), _one_thread():
        return _in_batches(answer, nhwc, _BATCH)


def run_onnx(path: Path, nhwc: Tensor, layout: str) -> Outputs:
    """An ONNX file's answers by onnxruntime, those of several outputs side by side."""
    return np.concatenate(list(run_onnx_outputs(path, nhwc, layout).values()), axis=1)


def run_onnx_outputs(path: Path, nhwc: Tensor, layout: str) -> dict[str, Outputs]:
    """The answers of each output [N, K], by its name; a fixed batch is kept to."""
    session = _session(path)
    shape = session.get_inputs()[0].shape
    batch = shape[0] if shape and isinstance(shape[0], int) else _BATCH
    widths: list[int] = []

    def answer(part: Tensor) -> Outputs:
        rows = _rows(path, session, _laid_out(part, layout))
        widths[:] = [row.shape[1] for row in rows]
        return np.concatenate(rows, axis=1)

    whole = _in_batches(answer, nhwc, batch)
    parts = np.split(whole, np.cumsum(widths)[:-1], axis=1)
    return dict(zip((item.name for item in session.get_outputs()), parts, strict=True))


def _session(path: Path) -> Any:
    import onnxruntime

    try:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.log_severity_level = 4  # what goes wrong is raised as well
        return onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])
    except Exception as error:  # onnxruntime raises its own, unrelated kinds
        raise InputError(f"{path}: does not load ({str(error).splitlines()[0]})") from error


def _rows(path: Path, session: Any, given: Tensor) -> list[Outputs]:
    """What each output says to a batch, one row for each input."""
    try:
        found: list[Outputs] = session.run(None, {session.get_inputs()[0].name: given})
    except Exception as error:
        reason = str(error).splitlines()[0]
        raise InputError(f"{path}: does not run on {list(given.shape)} ({reason})") from error
    for each in found:
        if np.shape(each)[:1] != (len(given),):
            raise InputError(
                f"{path}: has no answer for each of {len(given)} pictures, but {np.shape(each)}"
            )
    return [each.reshape(len(given), -1) for each in found]


def run_saved_model(folder: Path, nhwc: Tensor) -> Outputs:
    """A SavedModel's answers; its signature says which layout and batch it wants."""
    import tensorflow as tf

    model = tf.saved_model.load(str(folder))
    serve = model.signatures["serving_default"]
    name, spec = next(iter(serve.structured_input_signature[1].items()))
    shape = spec.shape.as_list()
    planar = tuple(shape[1:]) != nhwc.shape[1:] and shape[1] in (nhwc.shape[3], None)

    def answer(part: Tensor) -> Outputs:
        tensor = tf.constant(_laid_out(part, "nchw" if planar else "nhwc"))
        result: dict[str, Any] = serve(**{name: tensor})
        return np.asarray(next(iter(result.values())))

    return _in_batches(answer, nhwc, shape[0] or _BATCH)


@contextlib.contextmanager
def _one_thread() -> Iterator[None]:
    """Sums in one order on every machine; and two threads beside a busy browser are far slower."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        yield
    finally:
        torch.set_num_threads(before)


def _laid_out(nhwc: Tensor, layout: str) -> Tensor:
    return np.ascontiguousarray(nhwc if layout == "nhwc" else nhwc.transpose(0, 3, 1, 2))


def _in_batches(answer: Callable[[Tensor], Outputs], inputs: Tensor, batch: int) -> Outputs:
    """Run all inputs; the last batch is filled up, since some graphs fix its size."""
    found = []
    for start in range(0, len(inputs), batch):
        part = inputs[start : start + batch]
        filled = np.resize(part, (batch, *part.shape[1:])) if len(part) < batch else part
        found.append(answer(filled)[: len(part)].reshape(len(part), -1))
    return np.concatenate(found).astype(np.float32)
