"""Do an ONNX file's arithmetic on constants and shapes beforehand; converters trip over it."""

from __future__ import annotations

import contextlib
import io
import logging

import numpy as np
import onnx
import onnx.shape_inference
from onnx import helper, numpy_helper

from export.onnx_file import dims, real_inputs, set_dims

_PROBE = 61
"""A batch size that no other axis has: where it turns up in a folded shape, it is the batch."""


def fold_onnx(model: onnx.ModelProto) -> onnx.ModelProto:
    """Fold what does not depend on the input; a free batch stays free."""
    (given,) = real_inputs(model.graph)
    shape = dims(given)
    if any(size is None for size in shape[1:]):
        return _folded(model)
    free = shape[0] is None
    # What the exporter noted about shapes would hide those that are known now.
    del model.graph.value_info[:]
    set_dims(given, [_PROBE if free else shape[0] or 1, *(size or 1 for size in shape[1:])])
    folded = _folded(model)
    _reshape_for_strides(folded.graph)
    if free:
        _set_batch_free(folded, _PROBE)
    return folded


def free_batch(model: onnx.ModelProto) -> onnx.ModelProto:
    """Let a net of a fixed batch take any: reshapes that name the batch copy it instead."""
    freed = onnx.ModelProto()
    freed.CopyFrom(model)
    (given,) = real_inputs(freed.graph)
    _set_batch_free(freed, dims(given)[0] or 1)
    return freed


def _set_batch_free(model: onnx.ModelProto, batch: int) -> None:
    graph = model.graph
    values = {item.name: item for item in graph.initializer}
    moving = _depending(graph)
    for node in graph.node:
        if node.op_type in ("Reshape", "Expand") and node.input[0] in moving:
            target = values.get(node.input[1])
            if target is not None:
                node.input[1] = _freed(graph, node, numpy_helper.to_array(target), batch)
    (given,) = real_inputs(graph)
    set_dims(given, ["batch", *(size or 1 for size in dims(given)[1:])])
    for result in graph.output:
        result.type.tensor_type.ClearField("shape")
    del graph.value_info[:]


def _reshape_for_strides(graph: onnx.GraphProto) -> None:
    """torch's dynamo flattens a tensor and gathers all of it in order, to say Reshape."""
    values = {item.name: item for item in graph.initializer}
    makers = {node.output[0]: node for node in graph.node}
    for node in graph.node:
        flat = makers.get(node.input[0]) if node.op_type == "Gather" else None
        if flat is None or flat.op_type != "Reshape" or node.input[1] not in values:
            continue
        target, wanted = values.get(flat.input[1]), numpy_helper.to_array(values[node.input[1]])
        in_order = (wanted.reshape(-1) == np.arange(wanted.size)).all()
        if target is None or numpy_helper.to_array(target).tolist() != [-1] or not in_order:
            continue
        name = f"{node.output[0]}/target"
        shape = np.array(wanted.shape, np.int64)
        graph.initializer.append(numpy_helper.from_array(shape, name))
        node.CopyFrom(helper.make_node("Reshape", [flat.input[0], name], list(node.output)))


def _freed(graph: onnx.GraphProto, node: onnx.NodeProto, target: np.ndarray, batch: int) -> str:
    """A shape in which the batch is free; its name."""
    shape = [int(size) for size in target.reshape(-1)]
    if shape and shape[0] == batch:
        # Expand takes 1 for "as it is"; Reshape takes 0 for that, and -1 for what is left.
        shape[0] = 1 if node.op_type == "Expand" else 0 if -1 in shape else -1
    name = f"{node.output[0]}/shape{len(graph.initializer)}"
    graph.initializer.append(numpy_helper.from_array(np.array(shape, np.int64), name))
    return name


def _depending(graph: onnx.GraphProto) -> set[str]:
    """The tensors that change with the input."""
    found = {item.name for item in real_inputs(graph)}
    for node in graph.node:
        if found.intersection(node.input):
            found.update(node.output)
    return found


def _fold_parts_of_shapes(graph: onnx.GraphProto) -> None:
    """Shape with a start or an end, which graphsurgeon takes for the whole shape."""
    known = {item.name: dims(item) for item in (*graph.input, *graph.value_info)}
    for node in [node for node in graph.node if node.op_type == "Shape" and node.attribute]:
        shape = known.get(node.input[0], [None])
        if None in shape:
            continue
        ends = {item.name: item.i for item in node.attribute}
        part = np.array(shape[ends.get("start", 0) : ends.get("end")], np.int64)
        graph.initializer.append(numpy_helper.from_array(part, node.output[0]))
        graph.node.remove(node)


def _folded(model: onnx.ModelProto) -> onnx.ModelProto:
    import onnx_graphsurgeon as gs

    logging.getLogger("onnx_graphsurgeon").setLevel(logging.CRITICAL)
    with contextlib.redirect_stdout(io.StringIO()):
        known = onnx.shape_inference.infer_shapes(model, data_prop=True)
        _fold_parts_of_shapes(known.graph)
        graph = gs.import_onnx(known)
        folded = graph.cleanup().toposort().fold_constants().cleanup()
        result: onnx.ModelProto = gs.export_onnx(folded)
    result.ir_version = min(result.ir_version, 10)
    return result
