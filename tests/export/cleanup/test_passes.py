"""Each clean-up pass does what it says, and nothing to the answers."""

from __future__ import annotations

import copy
from typing import Any

import numpy as np
import pytest
import tensorflow as tf

import export.cleanup
from export.cleanup import EndlessCleanupError, cleanup
from export.cleanup.add_order import add_constants_first
from export.cleanup.fold_pad import fold_pads
from export.cleanup.fuse import fuse_activations, fuse_biases
from export.cleanup.hard_swish import expand_hard_swishes
from export.cleanup.identity import drop_identities
from export.cleanup.rename import rename
from export.cleanup.reshape import simplify_reshapes
from export.cleanup.transpose import drop_transposes
from export.graph import Graph, Node
from tests.export.cleanup.graphs import SIDE, applied, assert_alike, graph_of, numbers, ops

KERNEL, BIAS = numbers(3, 3, 3, 4), numbers(4)
DEPTHWISE = numbers(3, 3, 3, 2)
DENSE = numbers(4, 2)


def conv(x: Any, padding: str = "SAME", strides: int = 1) -> Any:
    return tf.nn.conv2d(x, KERNEL, strides, padding)


def test_identities_go() -> None:
    graph = graph_of(lambda x: tf.identity(tf.nn.relu(tf.identity(x))))
    assert graph.operator_counts()["Identity"] >= 2
    assert applied(drop_identities, graph).operator_counts() == {"Relu": 1}


def test_two_transposes_become_one_and_a_needless_one_goes() -> None:
    graph = graph_of(lambda x: tf.transpose(tf.transpose(x, [0, 3, 1, 2]), [0, 2, 1, 3]))
    assert ops(applied(drop_transposes, graph)) == {"Transpose": 1}
    back = graph_of(lambda x: tf.transpose(tf.transpose(x, [0, 3, 1, 2]), [0, 2, 3, 1]))
    assert ops(applied(drop_transposes, back)) == {}


def test_joined_transposes_keep_the_order_of_both() -> None:
    """Put together the wrong way round, these two give another order."""
    graph = graph_of(
        lambda x: tf.transpose(tf.transpose(x, [0, 3, 1, 2]), [1, 0, 2, 3]), 2, 4, 5, 3
    )
    joined = applied(drop_transposes, graph)
    (node,) = [node for node in joined.nodes.values() if node.op == "Transpose"]
    assert joined.weights[node.inputs[1]].tolist() == [3, 0, 1, 2]


def test_a_transpose_that_moves_nothing_is_a_reshape() -> None:
    graph = graph_of(lambda x: tf.transpose(x, [0, 3, 1, 2]), -1, SIDE, SIDE, 1)
    assert ops(applied(drop_transposes, graph)) == {"Reshape": 1}


def test_a_transpose_that_moves_data_stays() -> None:
    graph = graph_of(lambda x: tf.transpose(x, [0, 2, 1, 3]))
    assert ops(applied(drop_transposes, graph)) == {"Transpose": 1}


def test_two_reshapes_become_one() -> None:
    graph = graph_of(lambda x: tf.reshape(tf.reshape(x, [-1, SIDE, 3 * SIDE]), [-1, 9, 4, 3]))
    assert ops(applied(simplify_reshapes, graph)) == {"Reshape": 1}


def test_a_mean_drops_the_axes_that_a_reshape_would_take_away() -> None:
    graph = graph_of(lambda x: tf.reshape(tf.reduce_mean(x, [1, 2], keepdims=True), [-1, 3]))
    assert ops(applied(simplify_reshapes, graph)) == {"Mean": 1}


def test_a_mean_that_others_read_keeps_its_axes() -> None:
    def two(x: Any) -> Any:
        mean = tf.reduce_mean(x, [1, 2], keepdims=True)
        return tf.reshape(x * mean, [-1, 108]) + tf.tile(tf.reshape(mean, [-1, 3]), [1, 36])

    assert ops(applied(simplify_reshapes, graph_of(two)))["Reshape"] == 2


@pytest.mark.parametrize("pads", [[[1, 1], [1, 1]], [[0, 1], [0, 1]], [[2, 0], [1, 3]]])
@pytest.mark.parametrize("strides", [1, 2])
def test_padding_moves_into_a_convolution_exactly(pads: list[list[int]], strides: int) -> None:
    graph = graph_of(lambda x: conv(tf.pad(x, [[0, 0], *pads, [0, 0]]), "VALID", strides))
    found = applied(fold_pads, graph)
    assert ops(found) == {"Conv2D": 1}
    (node,) = [node for node in found.nodes.values() if node.op == "Conv2D"]
    assert node.ints("explicit_paddings")[2:6] == [*pads[0], *pads[1]]


def test_padding_moves_into_a_depthwise_convolution() -> None:
    pads = [[0, 0], [1, 0], [0, 2], [0, 0]]
    graph = graph_of(
        lambda x: tf.nn.depthwise_conv2d(tf.pad(x, pads), DEPTHWISE, [1, 1, 1, 1], "VALID")
    )
    assert ops(applied(fold_pads, graph)) == {"DepthwiseConv2dNative": 1}


@pytest.mark.parametrize(
    "padded",
    [
        lambda x: conv(tf.pad(x, [[0, 0], [1, 1], [1, 1], [0, 0]], constant_values=1.0), "VALID"),
        lambda x: conv(tf.pad(x, [[0, 0], [1, 1], [1, 1], [0, 0]]), "SAME"),
        lambda x: tf.nn.avg_pool2d(tf.pad(x, [[0, 0], [1, 1], [1, 1], [0, 0]]), 2, 2, "VALID"),
        lambda x: tf.nn.max_pool2d(tf.pad(x, [[0, 0], [0, 1], [0, 1], [0, 0]]), 2, 1, "VALID"),
    ],
)
def test_padding_that_means_something_else_stays(padded: Any) -> None:
    found = ops(applied(fold_pads, graph_of(padded)))
    assert found.get("Pad", 0) + found.get("PadV2", 0) == 1


def test_padding_by_the_lowest_number_becomes_a_pool_of_the_same_size() -> None:
    lowest = float(np.finfo(np.float32).min)
    pads = [[0, 0], [0, 1], [0, 1], [0, 0]]
    graph = graph_of(
        lambda x: tf.nn.max_pool2d(tf.pad(x, pads, constant_values=lowest), 2, 1, "VALID")
    )
    assert ops(applied(fold_pads, graph)) == {"MaxPool": 1}


@pytest.mark.parametrize("swapped", [False, True])
def test_a_bias_comes_back_to_its_convolution(swapped: bool) -> None:
    def summed(x: Any) -> Any:
        other = x[..., :1] * numbers(1, 1, 1, 4)
        parts = (conv(x), other) if swapped else (other, conv(x))
        return tf.raw_ops.AddN(inputs=list(parts)) + BIAS

    found = applied(add_constants_first, graph_of(summed))
    (sum_of_two,) = [node for node in found.consumers("Conv2D") if "Add" in node.op]
    assert any(found.constant(name) is not None for name in sum_of_two.inputs)


def test_a_single_number_added_to_a_sum_is_no_bias() -> None:
    graph = graph_of(lambda x: (conv(x) + x[..., :1]) + 2.0)
    assert not add_constants_first(graph)


@pytest.mark.parametrize("first", [numbers(4), numbers(1, SIDE, 1, 4)])
def test_a_sum_with_two_constants_is_left_alone(first: np.ndarray) -> None:
    graph = graph_of(lambda x: (first + conv(x)) + BIAS)
    drop_identities(graph)
    assert not add_constants_first(graph)


def test_a_constant_that_is_no_bias_stays_behind_its_sum() -> None:
    kernel = numbers(3, 3, 3, 1)
    graph = graph_of(lambda x: (x[..., :1] + tf.nn.conv2d(x, kernel, 1, "SAME")) + BIAS)
    drop_identities(graph)
    assert not add_constants_first(graph)


@pytest.mark.parametrize(
    ("function", "fused"),
    [
        (lambda x: tf.nn.bias_add(conv(x), BIAS), "_FusedConv2D"),
        (lambda x: conv(x) + BIAS, "_FusedConv2D"),
        (lambda x: BIAS.reshape(1, 1, 1, 4) + conv(x), "_FusedConv2D"),
        (lambda x: conv(x) + 0.5, "_FusedConv2D"),
        (
            lambda x: tf.nn.depthwise_conv2d(x, DEPTHWISE, [1, 1, 1, 1], "SAME") + numbers(6),
            "FusedDepthwiseConv2dNative",
        ),
        (lambda x: tf.matmul(x[:, 0, 0], numbers(3, 4)) + BIAS, "_FusedMatMul"),
        (
            lambda x: tf.matmul(x[:, 0, 0], numbers(4, 3), transpose_b=True) + BIAS,
            "_FusedMatMul",
        ),
    ],
)
def test_a_bias_joins_its_layer(function: Any, fused: str) -> None:
    found = ops(applied(fuse_biases, graph_of(function)))
    assert found[fused] == 1
    assert not {"AddV2", "BiasAdd", "Conv2D", "MatMul", "DepthwiseConv2dNative"} & found.keys()


@pytest.mark.parametrize(
    "function",
    [
        lambda x: conv(x) + numbers(SIDE, 1),
        lambda x: conv(x) + numbers(1, SIDE, SIDE, 4),
        lambda x: conv(x) + numbers(1, 1, 1, 1, 1),
        lambda x: tf.matmul(x[:, 0, 0], numbers(3, 4)) + numbers(1, 1, 4),
        lambda x: tf.nn.relu(conv(x)) + BIAS,
        lambda x: (lambda y: (y + BIAS) * y)(conv(x)),
    ],
)
def test_what_is_no_bias_is_not_fused(function: Any) -> None:
    graph = graph_of(function)
    drop_identities(graph)
    assert not fuse_biases(graph)


@pytest.mark.parametrize("function", [tf.nn.relu, tf.nn.relu6, tf.nn.elu, tf.sigmoid])
@pytest.mark.parametrize("biased", [False, True])
def test_an_activation_joins_its_layer(function: Any, biased: bool) -> None:
    graph = graph_of(lambda x: function(conv(x) + BIAS if biased else conv(x)))
    drop_identities(graph)
    applied(fuse_biases, graph)
    assert ops(applied(fuse_activations, graph)) == {"_FusedConv2D": 1}


def test_a_leaky_slope_comes_along() -> None:
    graph = graph_of(lambda x: tf.nn.leaky_relu(conv(x) + BIAS, 0.35))
    drop_identities(graph)
    applied(fuse_biases, graph)
    assert ops(applied(fuse_activations, graph)) == {"_FusedConv2D": 1}


def test_a_second_activation_stays_behind() -> None:
    graph = graph_of(lambda x: tf.sigmoid(tf.nn.relu(conv(x))))
    drop_identities(graph)
    assert ops(applied(fuse_activations, graph)) == {"Sigmoid": 1, "_FusedConv2D": 1}


def channels_first(graph: Graph) -> Graph:
    """The same nodes with the layout that TensorFlow's CPU refuses: they only have to stay."""
    drop_identities(graph)
    for node in graph.nodes.values():
        if "data_format" in node.attrs:
            node.set_text("data_format", "NCHW")
    return graph


def test_nodes_on_nchw_are_left_alone() -> None:
    def net(x: Any) -> Any:
        return tf.nn.relu(
            tf.nn.bias_add(conv(tf.pad(x, [[0, 0], [1, 1], [1, 1], [0, 0]]), "VALID"), BIAS)
        )

    graph = channels_first(graph_of(net))
    assert not (fold_pads(graph) or fuse_biases(graph) or fuse_activations(graph))
    active = channels_first(graph_of(lambda x: tf.nn.relu(conv(x))))
    assert not fuse_activations(active)
    summed = channels_first(graph_of(lambda x: (conv(x) + x[..., :1]) + BIAS))
    assert not add_constants_first(summed)


def test_a_layer_that_is_the_output_too_is_not_fused_away() -> None:
    graph = graph_of(lambda x: conv(x))
    drop_identities(graph)
    graph.nodes["more"] = Node(
        name="more", op="Relu", inputs=[graph.output], attrs={"T": {"type": "DT_FLOAT"}}
    )
    assert not fuse_activations(graph)


def hard_swish(x: Any) -> Any:
    return x * tf.nn.relu6(x + 3.0) * np.float32(1 / 6)


def test_a_hard_swish_comes_apart() -> None:
    graph = graph_of(hard_swish)
    whole = Graph(
        nodes={
            "input": graph.nodes["input"],
            "y": Node(name="y", op="_FusedHardSwish", inputs=["input"]),
        },
        weights={},
        input="input",
        output="y",
        input_shape=graph.input_shape,
    )
    assert expand_hard_swishes(whole)
    whole.prune()
    assert_alike(graph, whole)


def test_a_hard_swish_inside_a_layer_comes_out() -> None:
    wanted = graph_of(lambda x: hard_swish(conv(x) + BIAS))
    graph = applied(fuse_biases, applied(drop_identities, graph_of(lambda x: conv(x) + BIAS)))
    (layer,) = [node for node in graph.nodes.values() if node.op == "_FusedConv2D"]
    layer.set_texts("fused_ops", ["BiasAdd", "_FusedHardSwish"])
    assert expand_hard_swishes(graph)
    graph.prune()
    assert_alike(wanted, graph)


def test_names_depend_on_the_graph_alone() -> None:
    def net(x: Any) -> Any:
        return tf.nn.relu(conv(x) + BIAS)

    first, second = graph_of(net), graph_of(net)
    first.nodes = {f"a/{name}": node for name, node in first.nodes.items()}
    first.weights = {f"a/{name}": value for name, value in first.weights.items()}
    first.input, first.output = f"a/{first.input}", f"a/{first.output}"
    for name, node in first.nodes.items():
        node.name, node.inputs = name, [f"a/{given}" for given in node.inputs]
    assert list(first.nodes) != list(second.nodes)
    one, other = rename(first), rename(second)
    assert list(one.nodes) == list(other.nodes)
    assert (one.input, one.output) == ("input", "output")


def test_the_whole_clean_up_leaves_fused_layers_alone() -> None:
    def net(x: Any) -> Any:
        y = tf.transpose(tf.transpose(x, [0, 3, 1, 2]), [0, 2, 3, 1])
        y = tf.nn.relu(conv(tf.pad(y, [[0, 0], [1, 1], [1, 1], [0, 0]]), "VALID", 2) + BIAS)
        y = tf.transpose(tf.sigmoid(tf.transpose(y, [0, 3, 1, 2])), [0, 2, 3, 1])
        mean = tf.reshape(tf.reduce_mean(y, [1, 2], keepdims=True), [-1, 4])
        return tf.matmul(mean, DENSE) + BIAS[:2]

    graph = graph_of(net)
    before = copy.deepcopy(graph)
    found = cleanup(graph)
    assert_alike(before, found)
    assert ops(found) == {"Mean": 1, "Sigmoid": 1, "_FusedConv2D": 1, "_FusedMatMul": 1}


def test_passes_that_undo_each_other_come_to_a_named_end(monkeypatch: pytest.MonkeyPatch) -> None:
    def restless(graph: Graph) -> bool:
        return bool(graph.nodes)

    monkeypatch.setattr(export.cleanup, "PASSES", (drop_identities, restless))
    with pytest.raises(EndlessCleanupError, match=r"rounds still at work: restless$"):
        cleanup(graph_of(tf.nn.relu))


def test_shapes_of_64_bits_do_not_end_the_process() -> None:
    graph = graph_of(lambda x: tf.nn.relu(tf.reshape(x, tf.constant([-1, 18, 6], tf.int64))))
    graph.weights = {name: value.astype(np.int32) for name, value in graph.weights.items()}
    assert_alike(graph, graph)


def test_a_shape_that_is_measured_on_each_run_is_measured_once() -> None:
    graph = graph_of(lambda x: tf.reshape(x, tf.stack([tf.shape(x)[0], 18, 6])))
    assert applied(simplify_reshapes, graph).operator_counts().keys() <= {"Reshape", "Identity"}
