"""onnx-tf, in an environment of its own: docs/decisions/0003-onnx-tf-apart.md."""

from __future__ import annotations

import json
import math
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import onnx
import onnx.shape_inference
import onnx.version_converter

from export import onnx_tf_worker
from export.fold_onnx import fold_onnx
from export.onnx_file import dims, read_onnx
from export.planar import planar
from export.unknown_operators import refuse_unknown_operators
from export.unsupported import UnsupportedOperatorError
from face_detect.command import InputError, MachineError

ROOT = Path(__file__).resolve().parent.parent
ENVIRONMENT = ROOT / ".venv-onnx-tf"
NEWEST = 13
"""The last opset that onnx-tf reads whole."""


class OnnxTfError(InputError):
    """onnx-tf gave up on a net."""


class OnnxTf:
    """The converter of the ONNX project, archived in 2022; a second witness beside onnx2tf."""

    name = "onnx-tf"

    def convert(self, onnx_file: Path, saved_model: Path) -> str:
        python = environment()
        saved_model.mkdir(parents=True, exist_ok=True)
        ready = saved_model / "planar.onnx"
        onnx.save(_ready(onnx_file), ready)
        _run(python, onnx_file, ready, saved_model)
        ready.unlink()
        return self.name


def environment() -> Path:
    """The Python that onnx-tf runs in; built by `make` on first use."""
    if sys.version_info[:2] != (3, 11):
        raise InputError(
            "--converter onnx-tf needs Python 3.11, for its TensorFlow 2.15 has no build for"
            f" {sys.version_info[0]}.{sys.version_info[1]}; use the default, onnx2tf"
        )
    python = ENVIRONMENT / "bin" / "python"
    command = ["make", "--no-print-directory", "converter-onnx-tf"]
    try:
        made = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    except OSError as error:
        raise MachineError(f"make: cannot be started ({error.strerror})") from error
    if made.returncode != 0 or not python.exists():
        said = (made.stderr.strip() or made.stdout.strip()).splitlines()
        raise MachineError(
            f"{ENVIRONMENT.name}: cannot be built ({said[-1] if said else 'make said nothing'})"
        )
    return python


def _ready(onnx_file: Path) -> onnx.ModelProto:
    """NCHW in front, at most opset 13, and a file format that onnx 1.15 reads."""
    model = planar(fold_onnx(read_onnx(onnx_file)))
    refuse_unknown_operators(onnx_file, model)
    version = next(item.version for item in model.opset_import if item.domain in ("", "ai.onnx"))
    if version > NEWEST:
        try:
            model = onnx.version_converter.convert_version(model, NEWEST)
        except Exception as error:  # it raises RuntimeError with C++ text
            raise OnnxTfError(
                f"{onnx_file}: onnx-tf reads opset {NEWEST}, and opset {version} cannot be"
                " brought down to it; use the default, onnx2tf"
            ) from error
    model.ir_version = min(model.ir_version, 8)
    # onnx 1.15 wants to know the output's shape.
    known = onnx.shape_inference.infer_shapes(model)
    _reshape_by_constants(known.graph)
    _multiply_plainly(known.graph)
    return known


def _reshape_by_constants(graph: onnx.GraphProto) -> None:
    """onnx-tf makes seven nodes of a Flatten, and loses the shape on the way."""
    shapes = {item.name: dims(item) for item in graph.value_info}
    for node in graph.node:
        rest = shapes.get(node.input[0], [None])[1:] if node.op_type == "Flatten" else [None]
        if None in rest or any(item.i != 1 for item in node.attribute):
            continue
        target = np.array([-1, math.prod(size or 1 for size in rest)], np.int64)
        name = f"{node.output[0]}/target"
        graph.initializer.append(onnx.numpy_helper.from_array(target, name))
        reshape = onnx.helper.make_node("Reshape", [node.input[0], name], list(node.output))
        node.CopyFrom(reshape)


def _multiply_plainly(graph: onnx.GraphProto) -> None:
    """A Gemm of two axes is MatMul and Add; onnx-tf flattens its input by a shape it measures."""
    weights = {item.name: item for item in graph.initializer}
    for index, node in reversed(list(enumerate(graph.node))):
        settings = {item.name: onnx.helper.get_attribute_value(item) for item in node.attribute}
        turned = settings.pop("transB", 0)
        plain = all(value == (name != "transA") for name, value in settings.items())
        if node.op_type != "Gemm" or len(node.input) < 3 or not plain:
            continue
        x, b, bias = node.input
        if b not in weights:
            continue
        value, name = onnx.numpy_helper.to_array(weights[b]), f"{node.output[0]}/b"
        value = np.ascontiguousarray(value.T) if turned else value
        graph.initializer.append(onnx.numpy_helper.from_array(value, name))
        product = f"{node.output[0]}/product"
        graph.node.insert(index + 1, onnx.helper.make_node("Add", [product, bias], node.output))
        graph.node[index].CopyFrom(onnx.helper.make_node("MatMul", [x, name], [product]))


def _run(python: Path, onnx_file: Path, ready: Path, saved_model: Path) -> None:
    worker = Path(onnx_tf_worker.__file__)
    quiet = {"TF_CPP_MIN_LOG_LEVEL": "3", "TF_ENABLE_ONEDNN_OPTS": "0", "CUDA_VISIBLE_DEVICES": ""}
    done = subprocess.run(
        [str(python), "-I", str(worker), str(ready), str(saved_model)],
        capture_output=True,
        text=True,
        env={**os.environ, **quiet},
    )
    if done.returncode == 0:
        return
    note = saved_model.with_name(saved_model.name + ".error.json")
    if not note.is_file():
        said = done.stderr.strip().splitlines()
        raise MachineError(f"{worker.name}: {said[-1] if said else 'died without a word'}")
    error = json.loads(note.read_text(encoding="utf-8"))
    note.unlink()
    message = f"{onnx_file}: onnx-tf gave up ({error['error']}: {error['message'][:200]})"
    unknown = error["error"] in ("BackendIsNotSupposedToImplementIt", "NotImplementedError")
    raise (UnsupportedOperatorError if unknown else OnnxTfError)(" ".join(message.split()))
