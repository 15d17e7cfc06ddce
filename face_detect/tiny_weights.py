"""face-api's weight files of the Tiny Face Detector: one byte a value, described by a manifest."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from face_detect.command import InputError

Weights = dict[str, npt.NDArray[np.float64]]
"""By face-api's names; layouts are those of TensorFlow: HWIO, and [3, 3, C, 1] for depthwise."""

WIDTHS = (16, 32, 64, 128, 256, 512)
OUTPUTS = 25
MANIFEST = "tiny_face_detector_model-weights_manifest.json"
VALUES = "tiny_face_detector_model.bin"
DEFAULT_WEIGHTS = (
    Path(__file__).resolve().parent.parent / "web/node_modules/@vladmandic/face-api/model"
)


def read_tiny_weights(folder: Path) -> Weights:
    """Every tensor of the net, as real numbers; refuses files that are not exactly that net."""
    tensors = _read_manifest(folder / MANIFEST)
    values = _read_values(folder / VALUES, sum(math.prod(tensor.shape) for tensor in tensors))
    weights, start = {}, 0
    for tensor in tensors:
        stop = start + math.prod(tensor.shape)
        weights[tensor.name] = values[start:stop].reshape(tensor.shape) * tensor.scale + tensor.low
        start = stop
    return weights


@dataclass(frozen=True, kw_only=True)
class _Tensor:
    name: str
    shape: tuple[int, ...]
    scale: float
    low: float


def _read_manifest(path: Path) -> list[_Tensor]:
    try:
        groups = json.loads(_read(path))
        tensors = [
            _Tensor(
                name=item["name"],
                shape=tuple(item["shape"]),
                scale=float(item["quantization"]["scale"]),
                low=float(item["quantization"]["min"]),
            )
            for group in groups
            for item in group["weights"]
        ]
    except (ValueError, KeyError, TypeError) as error:
        raise InputError(f"{path}: is not a weights manifest of face-api ({error!r})") from error
    if {tensor.name: tensor.shape for tensor in tensors} != _layout():
        raise InputError(f"{path}: does not describe the Tiny Face Detector's tensors")
    return tensors


def _read_values(path: Path, count: int) -> npt.NDArray[np.float64]:
    content = _read(path)
    if len(content) != count:
        raise InputError(f"{path}: has {len(content)} bytes, its manifest describes {count}")
    return np.frombuffer(content, np.uint8).astype(np.float64)


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        raise InputError(f"{path}: is missing; run `make setup`, which fetches it") from error
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror})") from error


def _layout() -> dict[str, tuple[int, ...]]:
    layout: dict[str, tuple[int, ...]] = {
        "conv0/filters": (3, 3, 3, WIDTHS[0]),
        "conv0/bias": (WIDTHS[0],),
        "conv8/filters": (1, 1, WIDTHS[-1], OUTPUTS),
        "conv8/bias": (OUTPUTS,),
    }
    for i in range(1, len(WIDTHS)):
        layout[f"conv{i}/depthwise_filter"] = (3, 3, WIDTHS[i - 1], 1)
        layout[f"conv{i}/pointwise_filter"] = (1, 1, WIDTHS[i - 1], WIDTHS[i])
        layout[f"conv{i}/bias"] = (WIDTHS[i],)
    return layout
