"""torch → ONNX, checked."""

from __future__ import annotations

import contextlib
import re
import warnings
from collections.abc import Iterator
from pathlib import Path

import onnx
import torch
from torch import nn
from torch.onnx import errors

from export.unsupported import UnsupportedOperatorError
from train.contract import Contract, ContractError

OPSET = 13
"""The newest that both converters read."""


def to_onnx(net: nn.Module, contract: Contract, path: Path) -> None:
    """Write `net` with one input `input`, one output `output` and a free batch size."""
    spec = contract.input
    example = torch.zeros(2, spec.depth, spec.size, spec.size)
    if spec.layout == "nhwc":
        example = example.permute(0, 2, 3, 1)
    export_module(net, example, path, dynamic_axes={"input": {0: "batch"}, "output": {0: "batch"}})
    columns = onnx.load(path).graph.output[0].type.tensor_type.shape.dim[-1].dim_value
    if columns != contract.outputs:
        raise ContractError(
            f"{contract.name}: the net answers with {columns} numbers,"
            f" the contract's heads name {contract.outputs} labels"
        )


def export_module(
    module: nn.Module,
    example: torch.Tensor,
    path: Path,
    dynamic_axes: dict[str, dict[int, str]] | None = None,
) -> None:
    """torch's TorchScript exporter: it folds batch norm and is exact at this opset, where dynamo's
    writes opset 18 when asked for less."""
    with warnings.catch_warnings(), _named(path):
        warnings.simplefilter("ignore")
        torch.onnx.export(
            module.eval(),
            (example,),
            path,
            dynamo=False,
            opset_version=OPSET,
            input_names=["input"],
            output_names=["output"],
            dynamic_axes=dynamic_axes,
        )
    onnx.checker.check_model(onnx.load(path), full_check=True)


@contextlib.contextmanager
def _named(path: Path) -> Iterator[None]:
    """torch's own error for an operator that ONNX lacks, as ours."""
    try:
        yield
    except errors.UnsupportedOperatorError as error:
        said = str(error).splitlines()[0]
        names = re.findall(r"'(\w+::\w+)'", said)
        raise UnsupportedOperatorError(f"{path}: {said}", names) from error
