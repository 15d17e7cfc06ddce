"""Dense layers take their weights in the order of the picture."""

from __future__ import annotations

import pytest
import tensorflow as tf

from export.cleanup.absorb_transpose import absorb_transposes
from tests.export.cleanup.graphs import applied, graph_of, numbers, ops

SHAPE = (-1, 4, 5, 3)
WEIGHTS = numbers(60, 7)


@pytest.mark.parametrize("order", [[0, 3, 1, 2], [0, 2, 1, 3], [0, 2, 3, 1], [0, 3, 2, 1]])
def test_a_flattened_transpose_moves_into_the_weights(order: list[int]) -> None:
    graph = graph_of(
        lambda x: tf.matmul(tf.reshape(tf.transpose(x, order), [-1, 60]), WEIGHTS), *SHAPE
    )
    assert ops(applied(absorb_transposes, graph)) == {"MatMul": 1, "Reshape": 1}


def test_a_batch_that_moves_is_left_alone() -> None:
    graph = graph_of(
        lambda x: tf.matmul(tf.reshape(tf.transpose(x, [3, 0, 1, 2]), [-1, 60]), WEIGHTS), *SHAPE
    )
    assert not absorb_transposes(graph)


def test_a_later_output_of_a_split_is_not_mistaken_for_a_flatten() -> None:
    half = numbers(30, 7)
    graph = graph_of(
        lambda x: tf.matmul(
            tf.split(tf.reshape(tf.transpose(x, [0, 3, 1, 2]), [-1, 60]), 2, 1)[1], half
        ),
        *SHAPE,
    )
    assert not absorb_transposes(graph)


def test_a_flatten_that_others_read_is_left_alone() -> None:
    weights = numbers(60, 60)

    def two(x: tf.Tensor) -> tf.Tensor:
        flat = tf.reshape(tf.transpose(x, [0, 3, 1, 2]), [-1, 60])
        return tf.matmul(flat, weights) + flat

    assert not absorb_transposes(graph_of(two, *SHAPE))
