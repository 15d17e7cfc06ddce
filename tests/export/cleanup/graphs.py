"""Small graphs for the clean-up's tests, traced from TensorFlow functions."""

from __future__ import annotations

import base64
import copy
from collections.abc import Callable
from typing import Any

import numpy as np
import tensorflow as tf
from google.protobuf import json_format
from tensorflow.python.framework.convert_to_constants import convert_variables_to_constants_v2

from export.execute import executor
from export.graph import Graph, Node

RNG = np.random.default_rng(3)
SIDE = 6


def numbers(*shape: int) -> np.ndarray:
    return RNG.standard_normal(shape).astype(np.float32)


def graph_of(function: Callable[[Any], Any], *shape: int) -> Graph:
    """The graph of a function of one tensor, unoptimised."""
    dims = shape or (-1, SIDE, SIDE, 3)
    spec = tf.TensorSpec([None if size < 0 else size for size in dims], tf.float32, name="input")
    traced = tf.function(lambda value: tf.identity(function(value), "result"))
    frozen = convert_variables_to_constants_v2(traced.get_concrete_function(spec), False)
    nodes, weights = {}, {}
    for item in frozen.graph.as_graph_def().node:
        if item.op == "Const":
            weights[item.name] = tf.make_ndarray(item.attr["value"].tensor)
        attrs = json_format.MessageToDict(item).get("attr", {})
        attrs = {key: value for key, value in attrs.items() if key != "value"}
        inputs = [name.removesuffix(":0") for name in item.input if not name.startswith("^")]
        nodes[item.name] = Node(name=item.name, op=item.op, inputs=inputs, attrs=attrs)
    output = frozen.outputs[0].name.removesuffix(":0")
    graph = Graph(
        nodes=nodes, weights=weights, input="input", output=output, input_shape=list(dims)
    )
    graph.prune()
    return graph


def applied(one: Callable[[Graph], bool], graph: Graph, times: int = 20) -> Graph:
    """What a pass makes of a graph when it is repeated until nothing changes; the answers stay."""
    before = copy.deepcopy(graph)
    for _ in range(times):
        if not one(graph):
            break
        graph.prune()
    else:
        raise AssertionError("the pass never comes to an end")
    assert_alike(before, graph)
    return graph


def assert_alike(before: Graph, after: Graph) -> None:
    shape = [2 if size < 0 else size for size in before.input_shape]
    inputs = np.random.default_rng(4).standard_normal(shape).astype(np.float32) * 2
    wanted, found = executor(before)(inputs), executor(after)(inputs)
    assert wanted.shape == found.shape
    assert np.ptp(wanted) > 0.1
    np.testing.assert_allclose(found, wanted, atol=2e-5, rtol=1e-5)


def ops(graph: Graph) -> dict[str, int]:
    return {op: count for op, count in graph.operator_counts().items() if op != "Identity"}


def text(value: str) -> dict[str, str]:
    return {"s": base64.b64encode(value.encode()).decode()}
