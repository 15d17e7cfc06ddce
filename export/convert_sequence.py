"""A sequence head down the same road as its model: torch → ONNX → SavedModel → TF.js graph."""

from __future__ import annotations

from pathlib import Path

import torch

from export.cleanup import cleanup
from export.to_onnx import export_module
from export.to_tf import CONVERTERS
from export.to_tfjs import to_tfjs
from export.variants import write_variant
from train.sequence.sequence_head import SequenceHead

ONNX, SAVED_MODEL, GRAPH = "model.onnx", "saved_model", "f32"
"""What lies in the folder. Some kilobytes of weights need not be narrowed."""


def convert_sequence(head: SequenceHead, converter: str, folder: Path) -> None:
    """Write all forms of the head's step into `folder`."""
    folder.mkdir(parents=True)
    columns = 2 * head.labels + 1 + head.units
    export_module(
        head.step(),
        torch.zeros(2, columns),
        folder / ONNX,
        dynamic_axes={"input": {0: "batch"}, "output": {0: "batch"}},
    )
    CONVERTERS[converter]().convert(folder / ONNX, folder / SAVED_MODEL)
    write_variant(cleanup(to_tfjs(folder / SAVED_MODEL)), GRAPH, folder / GRAPH)
