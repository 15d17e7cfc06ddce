"""What an ONNX file says about itself, as far as a contract wants to know."""

from __future__ import annotations

import ast
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from onnx import TensorProto

from export.onnx_file import dims, read_onnx, real_inputs
from export.probe import probes
from export.runners import Tensor, run_onnx_outputs
from face_detect.command import InputError

_LABEL_KEYS = ("labels", "names", "classes", "class_names", "id2label")
_DEPTHS: dict[int, Literal["grey", "rgb"]] = {1: "grey", 3: "rgb"}


@dataclass(frozen=True, kw_only=True)
class OnnxFacts:
    """None where the file is silent."""

    size: int | None = None
    channels: Literal["grey", "rgb"] | None = None
    layout: Literal["nchw", "nhwc"] | None = None
    answers: Mapping[str, Tensor] | None = None
    """What each output says to plain inputs [N, K], by its name."""
    labels: tuple[str, ...] | None = None
    mean: tuple[float, ...] | None = None
    std: tuple[float, ...] | None = None


def describe_onnx(path: Path, size: int | None = None) -> OnnxFacts:
    """Read shapes and metadata, and try the net; `size` helps where the file leaves it free."""
    model = read_onnx(path)
    given = real_inputs(model.graph)
    shape = dims(given[0]) if len(given) == 1 else []
    if len(shape) != 4:
        raise InputError(f"{path}: takes no single picture tensor of four axes")
    takes = TensorProto.DataType.Name(given[0].type.tensor_type.elem_type)
    if takes != "FLOAT":
        raise InputError(f"{path}: takes {takes}; FLOAT is needed")
    layout, depth = _layout(shape)
    sides = {side for side in (shape[2:] if layout == "nchw" else shape[1:3]) if side}
    if layout and len(sides) > 1:
        raise InputError(f"{path}: takes pictures of {sorted(sides)}; a square one is needed")
    side = (next(iter(sides), None) if layout else None) or size
    said = {item.key.lower(): item.value for item in model.metadata_props}
    return OnnxFacts(
        size=side,
        channels=_DEPTHS[depth] if depth else None,
        layout=layout,
        answers=_answers(path, side, depth, layout),
        labels=_labels(said),
        mean=_numbers(said.get("mean")),
        std=_numbers(said.get("std")),
    )


def _layout(shape: list[int | None]) -> tuple[Literal["nchw", "nhwc"] | None, int | None]:
    if shape[1] in _DEPTHS:
        return "nchw", shape[1]
    if shape[3] in _DEPTHS:
        return "nhwc", shape[3]
    return None, None


def _answers(
    path: Path, side: int | None, depth: int | None, layout: str | None
) -> dict[str, Tensor] | None:
    if side is None or depth is None or layout is None:
        return None
    return run_onnx_outputs(path, probes((side, side, depth)), layout)


def _labels(said: Mapping[str, str]) -> tuple[str, ...] | None:
    text = next((said[key] for key in _LABEL_KEYS if key in said), None)
    if text is None:
        return None
    value = _parsed(text)
    if isinstance(value, dict):
        if not all(str(key).strip().isdecimal() for key in value):
            return None
        value = [value[key] for key in sorted(value, key=int)]
    if not isinstance(value, list | tuple):
        value = [part.strip() for part in text.split(",")]
    return tuple(str(label) for label in value)


def _numbers(text: str | None) -> tuple[float, ...] | None:
    value = None if text is None else _parsed(f"[{text.strip().strip('[]()')}]")
    if not isinstance(value, list) or not all(isinstance(item, int | float) for item in value):
        return None
    return tuple(float(item) for item in value)


def _parsed(text: str) -> Any:
    """JSON, or Python's own notation, which some exporters write."""
    try:
        return json.loads(text)
    except ValueError:
        try:
            return ast.literal_eval(text)
        except (ValueError, SyntaxError):
            return None
