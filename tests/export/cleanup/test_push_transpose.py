"""Transposes sink until they cancel, and what a graph computes stays the same."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import tensorflow as tf

from export.cleanup import cleanup
from export.cleanup.identity import drop_identities
from export.cleanup.push_transpose import ELEMENTWISE, UNARY, push_transposes
from export.graph import Graph
from tests.export.cleanup.graphs import SIDE, applied, assert_alike, graph_of, numbers, ops

DOWN, UP = [0, 3, 1, 2], [0, 2, 3, 1]
GATE = numbers(1, 3, 1, 1)
SPECIAL = {"LeakyRelu", "Selu", "Reciprocal", "Log", "Rsqrt", "Sqrt"}


def planar(function: Callable[[Any], Any]) -> Graph:
    """A function of NCHW between two transposes."""
    graph = graph_of(lambda x: tf.transpose(function(tf.transpose(x, DOWN)), UP))
    drop_identities(graph)
    return graph


@pytest.mark.parametrize("op", [op for op in UNARY if op not in SPECIAL])
def test_a_function_of_single_values_lets_transposes_through(op: str) -> None:
    function = getattr(tf.raw_ops, op)
    name = "features" if op in ("Elu", "Relu", "Relu6", "Softplus", "Softsign") else "x"
    graph = applied(push_transposes, planar(lambda x: function(**{name: x})))
    assert ops(graph) == {op: 1}


@pytest.mark.parametrize(
    "function",
    [
        lambda x: tf.nn.leaky_relu(x, 0.3),
        tf.nn.selu,
        lambda x: tf.sqrt(tf.square(x) + 0.1),
        lambda x: x * numbers(3, 1, 1) + numbers(1, 3, 1, 1),
        lambda x: numbers(3, 1, 1) - x,
        lambda x: x * numbers(SIDE, 1),
        lambda x: x + numbers(1, 3, SIDE, SIDE),
        lambda x: tf.minimum(tf.maximum(x, -0.5), 0.5),
        lambda x: tf.raw_ops.AddN(inputs=[x, tf.nn.relu(x), tf.exp(x)]),
        lambda x: tf.concat([x, tf.nn.relu(x)], 1),
        lambda x: tf.concat([x, tf.nn.relu(x)], -2),
        lambda x: tf.pad(x, [[0, 0], [1, 0], [2, 0], [0, 3]]),
        lambda x: tf.pad(x, [[0, 0], [0, 0], [2, 1], [0, 3]], constant_values=-3.0),
        lambda x: x * tf.sigmoid(tf.reduce_mean(x, [2, 3], keepdims=True)),
        lambda x: x * tf.reduce_max(x, [-1], keepdims=True),
        lambda x: tf.nn.bias_add(x, numbers(SIDE)),
    ],
)
def test_transposes_on_both_sides_cancel(function: Callable[[Any], Any]) -> None:
    graph = applied(push_transposes, planar(function))
    assert "Transpose" not in ops(graph)


@pytest.mark.parametrize(("axes", "left"), [([2, 3], 0), ([1], 0), ([1, 3], 0), ([3], 1), ([2], 1)])
def test_a_mean_without_its_axes_needs_an_order_only_where_the_rest_moved(
    axes: list[int], left: int
) -> None:
    graph = graph_of(lambda x: tf.reduce_mean(tf.transpose(x, DOWN), axes))
    assert ops(applied(push_transposes, graph)).get("Transpose", 0) <= max(left, 1)


def test_two_branches_meet_without_transposes() -> None:
    kernel = numbers(3, 3, 3, 3)

    def conv(x: Any) -> Any:
        found = tf.nn.conv2d(tf.transpose(x, UP), kernel, 1, "SAME")
        return tf.transpose(found, DOWN)

    graph = planar(lambda x: tf.nn.relu(conv(x)) + conv(conv(x)))
    assert ops(applied(push_transposes, graph)) == {"AddV2": 1, "Conv2D": 3, "Relu": 1}


def test_two_rows_of_which_one_is_turned_meet_once() -> None:
    """As where a gate is made of its own mean; the transpose went from one operand to the other."""

    def gate(x: Any) -> Any:
        mean = tf.reduce_mean(x, [2, 3], keepdims=True)
        own = tf.reshape(tf.matmul(tf.reshape(mean, [-1, 3]), numbers(3, 3)), [-1, 3, 1, 1])
        return x * tf.tanh(mean * tf.sigmoid(own))

    graph = planar(gate)
    before = copy.deepcopy(graph)
    found = cleanup(graph)
    assert_alike(before, found)
    assert "Transpose" not in ops(found)


def test_a_map_of_one_channel_is_turned_by_a_reshape() -> None:
    kernel = numbers(3, 3, 3, 1)

    def gate(x: Any) -> Any:
        seen = tf.nn.conv2d(tf.transpose(x, UP), kernel, 1, "SAME")
        return x * tf.reshape(tf.sigmoid(seen), [-1, 1, SIDE, SIDE])

    assert "Transpose" not in ops(applied(push_transposes, planar(gate)))


@pytest.mark.parametrize("shape", [(1, 1, 1, 1, 1), (2, 1, 1, 1, 1)])
def test_a_constant_of_more_axes_keeps_them(shape: tuple[int, ...]) -> None:
    graph = graph_of(
        lambda x: tf.transpose(x, DOWN) * tf.transpose(tf.nn.relu(x), DOWN) + numbers(*shape)
    )
    found = ops(applied(push_transposes, graph))
    assert found == {"AddV2": 1, "Mul": 1, "Relu": 1, "Transpose": 1}


def test_a_bias_along_the_second_axis_is_left_alone() -> None:
    """With sides as long as there are channels, a wrong axis would fit."""

    def biased(x: Any) -> Any:
        found = tf.nn.bias_add(tf.transpose(x, DOWN), numbers(SIDE), data_format="NCHW")
        return tf.transpose(found, UP)

    graph = applied(push_transposes, graph_of(biased, -1, SIDE, SIDE, SIDE))
    assert ops(graph) == {"BiasAdd": 1, "Transpose": 2}


def test_an_order_that_nothing_undoes_stays() -> None:
    graph = graph_of(lambda x: tf.nn.relu(tf.transpose(x, DOWN)))
    assert not push_transposes(graph)
    assert ops(graph) == {"Relu": 1, "Transpose": 1}


def test_operands_of_different_orders_stay_apart() -> None:
    graph = graph_of(lambda x: tf.transpose(x, [0, 2, 1, 3]) + tf.transpose(x * 2.0, [0, 1, 2, 3]))
    drop_identities(graph)
    assert ops(applied(push_transposes, graph))["AddV2"] == 1


def test_a_reader_that_needs_the_order_keeps_it() -> None:
    def two(x: Any) -> Any:
        turned = tf.transpose(x, DOWN)
        flat = tf.reshape(turned, [-1, 3 * SIDE * SIDE])
        back = tf.transpose(tf.nn.relu(turned), UP)
        return flat + tf.reshape(back, [-1, 3 * SIDE * SIDE])

    assert ops(applied(push_transposes, graph_of(two)))["Transpose"] == 1


def test_every_elementwise_operator_is_one_of_tensorflow() -> None:
    assert all(hasattr(tf.raw_ops, op) for op in (*UNARY, *ELEMENTWISE) if op != "Prelu")


def test_weights_of_the_first_graph_are_left_as_they_were() -> None:
    graph = planar(lambda x: x * GATE)
    before = {name: value.copy() for name, value in graph.weights.items()}
    held = graph.weights
    push_transposes(graph)
    assert all(np.array_equal(held[name], before[name]) for name in before)
