"""The weight files of face-api's nets: one byte a value, described by a manifest."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from face_detect.command import InputError

Weights = dict[str, npt.NDArray[np.float64]]
"""By face-api's names; layouts are those of TensorFlow: HWIO, and [3, 3, C, 1] for depthwise."""
Layout = Mapping[str, tuple[int, ...]]


def read_packed_weights(manifest: Path, values: Path, layout: Layout, net: str) -> Weights:
    """Every tensor of a net, as real numbers; refuses files that are not exactly that net."""
    tensors = _read_manifest(manifest, layout, net)
    numbers = _read_values(values, sum(math.prod(tensor.shape) for tensor in tensors))
    weights, start = {}, 0
    for tensor in tensors:
        stop = start + math.prod(tensor.shape)
        weights[tensor.name] = numbers[start:stop].reshape(tensor.shape) * tensor.scale + tensor.low
        start = stop
    return weights


@dataclass(frozen=True, kw_only=True)
class _Tensor:
    name: str
    shape: tuple[int, ...]
    scale: float
    low: float


def _read_manifest(path: Path, layout: Layout, net: str) -> list[_Tensor]:
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
    if {tensor.name: tensor.shape for tensor in tensors} != layout:
        raise InputError(f"{path}: does not describe {net}'s tensors")
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
