"""The heads of a net, each a product of the same row, become one."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import pytest
import tensorflow as tf

from export.cleanup import cleanup
from export.cleanup.join_products import join_products
from tests.export.cleanup.graphs import applied, assert_alike, graph_of, numbers, ops

SIZES = (7, 2, 3)
WEIGHTS = [numbers(5, size) for size in SIZES]
BIASES = [numbers(size) for size in SIZES]


def rows(x: Any) -> list[Any]:
    return [tf.matmul(x, weights) for weights in WEIGHTS]


def read_twice(x: Any) -> Any:
    found = rows(x)
    return tf.concat(found, 1) * tf.reduce_mean(found[0])


def test_products_of_one_row_side_by_side_become_one() -> None:
    graph = graph_of(lambda x: tf.concat(rows(x), 1), -1, 5)
    assert ops(applied(join_products, graph)) == {"MatMul": 1}


def test_biases_and_activations_come_along() -> None:
    pairs = list(zip(WEIGHTS, BIASES, strict=True))
    graph = graph_of(
        lambda x: tf.concat([tf.nn.relu(tf.nn.bias_add(x @ w, b)) for w, b in pairs], -1), -1, 5
    )
    after = cleanup(copy.deepcopy(graph))
    assert_alike(graph, after)
    assert ops(after) == {"_FusedMatMul": 1}


@pytest.mark.parametrize(
    "function",
    [
        lambda x: tf.concat([*rows(x)[:2], tf.matmul(tf.nn.relu(x), WEIGHTS[2])], 1),
        read_twice,
        lambda x: tf.concat([tf.nn.softmax(row) for row in rows(x)], 1),
        lambda x: tf.concat([tf.matmul(x, WEIGHTS[0]), tf.matmul(x, -WEIGHTS[0])], 0),
    ],
    ids=["of another row", "read by others", "through softmax", "one below the other"],
)
def test_others_stay_apart(function: Callable[[Any], Any]) -> None:
    assert ops(applied(join_products, graph_of(function, -1, 5)))["ConcatV2"] == 1
