"""Take in a classifier that was never ours: check it against its contract and tidy it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
import onnx.compose
from onnx import TensorProto, helper

from export.answer_kind import answer_kind, off_one
from export.fold_onnx import fold_onnx, free_batch
from export.graph import INPUT, OUTPUT
from export.make_heads import check_heads
from export.onnx_file import dims, read_onnx, real_inputs, set_dims
from export.probe import disagreement, probes
from export.runners import Tensor, run_onnx, run_onnx_outputs
from export.unknown_operators import refuse_unknown_operators
from face_detect.command import InputError
from train.contract import Contract

_ALIKE = 1e-5


def adopt(onnx_file: Path, contract: Contract, path: Path) -> None:
    """Write the same net with an input `input`, an output `output` [N, K] and, where it can be
    had, a free batch. Raises InputError where file and contract disagree."""
    model = read_onnx(onnx_file)
    refuse_unknown_operators(onnx_file, model)
    _check_input(onnx_file, model, contract)
    spec = contract.input
    nhwc = probes((spec.size, spec.size, spec.depth))
    answers = run_onnx_outputs(onnx_file, nhwc, spec.layout)
    reference = np.concatenate(list(answers.values()), axis=1)
    check_heads(onnx_file, contract.heads, answers)
    _check_answers(onnx_file, reference, contract)
    tidied = _tidied(model, contract)
    for candidate in (free_batch(tidied), tidied, _named(model)):
        onnx.save(candidate, path)
        if _same(path, nhwc, reference, spec.layout):
            return
    raise InputError(f"{onnx_file}: does not compute the same when it is written again")


def _tidied(model: onnx.ModelProto, contract: Contract) -> onnx.ModelProto:
    named = _named(model)
    (given,) = real_inputs(named.graph)
    batch = dims(given)[0]
    set_dims(given, ["batch" if batch is None else batch, *_shape(contract)])
    return fold_onnx(named)


def _named(model: onnx.ModelProto) -> onnx.ModelProto:
    """The net between Identity and Flatten, so that its own names do not matter.

    Several outputs become one, side by side.
    """
    named = onnx.compose.add_prefix(model, "net/")
    graph = named.graph
    (given,) = real_inputs(graph)
    before, given.name = given.name, INPUT
    graph.node.insert(0, helper.make_node("Identity", [INPUT], [before]))
    after = [result.name for result in graph.output]
    rows = [f"row/{i}" for i in range(len(after))] if len(after) > 1 else [OUTPUT]
    for name, row in zip(after, rows, strict=True):
        graph.node.append(helper.make_node("Flatten", [name], [row], axis=1))
    if len(after) > 1:
        graph.node.append(helper.make_node("Concat", rows, [OUTPUT], axis=1))
    del graph.output[1:]
    graph.output[0].name = OUTPUT
    graph.output[0].type.tensor_type.ClearField("shape")
    return named


def _same(path: Path, nhwc: Tensor, reference: Tensor, layout: str) -> bool:
    try:
        found = run_onnx(path, nhwc, layout)
    except Exception:  # onnxruntime raises its own, unrelated kinds
        return False
    return disagreement(reference, found) <= _ALIKE


def _shape(contract: Contract) -> list[int]:
    size, depth = contract.input.size, contract.input.depth
    return [size, size, depth] if contract.input.layout == "nhwc" else [depth, size, size]


def _check_input(path: Path, model: onnx.ModelProto, contract: Contract) -> None:
    given = real_inputs(model.graph)
    if len(given) != 1:
        names = ", ".join(item.name for item in given)
        raise InputError(f"{path}: has {len(given)} inputs ({names}); one is needed")
    takes = TensorProto.DataType.Name(given[0].type.tensor_type.elem_type)
    if takes != "FLOAT":
        raise InputError(f"{path}: takes {takes}; FLOAT is needed")
    for result in model.graph.output:
        gives = TensorProto.DataType.Name(result.type.tensor_type.elem_type)
        if gives not in ("FLOAT", "UNDEFINED"):
            raise InputError(f"{path}: output {result.name!r} gives {gives}; FLOAT is needed")
    shape, wanted = dims(given[0])[1:], _shape(contract)
    fits = len(shape) == 3 and all(a in (None, b) for a, b in zip(shape, wanted, strict=True))
    if not fits:
        raise InputError(
            f"{path}: takes {_text(shape)}, the contract's size, channels and layout say"
            f" {_text(wanted)}"
        )


def _text(shape: list[int | None] | list[int]) -> str:
    return "[N, " + ", ".join("?" if size is None else str(size) for size in shape) + "]"


def _check_answers(path: Path, answers: Tensor, contract: Contract) -> None:
    if not np.isfinite(answers).all():
        raise InputError(f"{path}: answers with NaN or infinity to plain inputs")
    for head, columns in contract.head_slices():
        part = answers[:, columns]
        kind = answer_kind(part)
        if kind != contract.output:
            whose = f"the answers of {head.name!r}" if len(contract.heads) > 1 else "its answers"
            said = f"are up to {off_one(part):.3g} away from adding up to 1"
            said = "add up to 1" if kind == "probabilities" else said
            raise InputError(f"{path}: {whose} {said}, the contract's output is {contract.output}")
