"""The weight types that a graph can be written in."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from export.graph import Array, Graph, WeightType

VARIANTS = ("f32", "f16", "u16", "mixed", "u8")
_TYPES: dict[str, WeightType] = {"f16": "float16", "u16": "uint16", "u8": "uint8"}
SMALL = 512
"""Constants with fewer values, such as biases, stay exact: they cost nothing and matter much."""
SENSITIVE = 0.02
"""A tensor that u8 would change by more than this share of its size keeps 16 bits in `mixed`."""


def write_variant(graph: Graph, variant: str, folder: Path) -> int:
    """Write the graph with a variant's weight types; return the bytes."""
    return graph.write(folder, weight_types(graph, variant))


def weight_types(graph: Graph, variant: str) -> dict[str, WeightType]:
    """Which constants are packed, and how."""
    if variant == "f32":
        return {}
    large = {
        name: value
        for name, value in graph.weights.items()
        if value.dtype == np.float32 and value.size >= SMALL
    }
    if variant == "mixed":
        return {
            name: "uint16" if u8_error(value) > SENSITIVE else "uint8"
            for name, value in large.items()
        }
    return dict.fromkeys(large, _TYPES[variant])


def u8_error(value: Array) -> float:
    """Root mean square of what 8 bits would change, against the tensor's own: depthwise filters
    with batch norm folded in have channels of very different size and suffer most."""
    step = (value.max() - value.min()) / 255
    size = np.sqrt(np.mean(np.square(value, dtype=np.float64)))
    return float(step / np.sqrt(12) / size) if size else 0.0
