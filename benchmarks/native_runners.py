"""One net on each runtime of this machine, one thread each."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch

from benchmarks.native_nets import Net
from export.execute import concrete, executor
from export.graph import Graph
from export.import_tensorflow import import_tensorflow
from export.runners import Tensor
from export.to_onnx import export_module

Run = Callable[[Tensor], npt.NDArray[np.float32]]
"""From the input [1, H, W, C] to the output, channels last."""


def runners_of(net: Net, work: Path) -> dict[str, Run]:
    """By the runtime's name; `work` takes the files that they are made of."""
    work.mkdir()
    graph = Graph.read((net.site / net.graph).parent)
    graph.input_shape = list(net.nhwc.shape)
    return {
        "torch": _torch(net),
        "onnxruntime": _onnxruntime(net, work / "net.onnx"),
        "tensorflow": _tensorflow(graph),
        "litert": _litert(graph),
    }


def _torch(net: Net) -> Run:
    torch.set_num_threads(1)

    def run(nhwc: Tensor) -> npt.NDArray[np.float32]:
        with torch.inference_mode():
            return _channels_last(net.torch(torch.from_numpy(_laid_out(net, nhwc))).numpy())

    return run


def _onnxruntime(net: Net, path: Path) -> Run:
    import onnxruntime

    export_module(net.torch, torch.from_numpy(_laid_out(net, net.nhwc)), path)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    session = onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])
    return lambda nhwc: _channels_last(session.run(None, {"input": _laid_out(net, nhwc)})[0])


def _tensorflow(graph: Graph) -> Run:
    import_tensorflow()
    import tensorflow as tf

    # Once TensorFlow runs it keeps to what it began with.
    with contextlib.suppress(RuntimeError):
        tf.config.threading.set_intra_op_parallelism_threads(1)
        tf.config.threading.set_inter_op_parallelism_threads(1)
    return executor(graph)


def _litert(graph: Graph) -> Run:
    import tensorflow as tf
    from ai_edge_litert.interpreter import Interpreter

    made = tf.lite.TFLiteConverter.from_concrete_functions([concrete(graph)]).convert()
    interpreter = Interpreter(model_content=made, num_threads=1)
    interpreter.allocate_tensors()
    given = interpreter.get_input_details()[0]["index"]
    wanted = interpreter.get_output_details()[0]["index"]

    def run(nhwc: Tensor) -> npt.NDArray[np.float32]:
        interpreter.set_tensor(given, nhwc)
        interpreter.invoke()
        found: npt.NDArray[np.float32] = interpreter.get_tensor(wanted)
        return found

    return run


def _laid_out(net: Net, nhwc: Tensor) -> Tensor:
    return np.ascontiguousarray(nhwc if net.layout == "nhwc" else nhwc.transpose(0, 3, 1, 2))


def _channels_last(values: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    return values.transpose(0, 2, 3, 1) if values.ndim == 4 else values
