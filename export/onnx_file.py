"""Read somebody's ONNX file, whole and checked."""

from __future__ import annotations

from pathlib import Path

import onnx
import onnx.inliner
from google.protobuf.message import DecodeError

from face_detect.command import InputError


def read_onnx(path: Path) -> onnx.ModelProto:
    """Load with its external data and without functions of its own."""
    try:
        model = onnx.load(path)
    except DecodeError as error:
        raise InputError(f"{path}: is not an ONNX file, or is cut short") from error
    except (OSError, onnx.checker.ValidationError, ValueError) as error:
        raise InputError(f"{path}: cannot be read ({_first_line(error)})") from error
    if not model.graph.node or not model.graph.output:
        raise InputError(f"{path}: holds no net")
    return onnx.inliner.inline_local_functions(model) if model.functions else model


def real_inputs(graph: onnx.GraphProto) -> list[onnx.ValueInfoProto]:
    """The inputs that a caller gives; old files list their weights as inputs too."""
    weights = {item.name for item in graph.initializer}
    return [item for item in graph.input if item.name not in weights]


def dims(value: onnx.ValueInfoProto) -> list[int | None]:
    """A tensor's shape; None for a length that is free."""
    shape = value.type.tensor_type.shape
    return [dim.dim_value if dim.dim_value > 0 else None for dim in shape.dim]


def set_dims(value: onnx.ValueInfoProto, shape: list[int | str]) -> None:
    """Declare a tensor's shape; a name stands for a free length."""
    tensor = value.type.tensor_type
    tensor.ClearField("shape")
    for size in shape:
        dim = tensor.shape.dim.add()
        if isinstance(size, str):
            dim.dim_param = size
        else:
            dim.dim_value = size


def _first_line(error: BaseException) -> str:
    return next((line.strip() for line in str(error).splitlines() if line.strip()), "no reason")
