"""ONNX' operators that know no picture axes, in TensorFlow."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np
from onnx import TensorProto, numpy_helper

from export.direct_call import Call


def _tf() -> Any:
    import tensorflow as tf

    return tf


def _unary(path: str) -> Callable[[Call], Any]:
    def apply(call: Call) -> Any:
        function = _tf()
        for part in path.split("."):
            function = getattr(function, part)
        return function(call.x)

    return apply


def _fold(path: str) -> Callable[[Call], Any]:
    """An operator of two or more inputs, taken two by two."""

    def apply(call: Call) -> Any:
        function = _tf()
        for part in path.split("."):
            function = getattr(function, part)
        found = call.x
        for other in call.inputs[1:]:
            found = function(found, other)
        return found

    return apply


def _clip(call: Call) -> Any:
    tf = _tf()
    low, high = call.setting("min", 1), call.setting("max", 2)
    if (low, high) == (0.0, 6.0):
        return tf.nn.relu6(call.x)
    found = call.x if low is None else tf.maximum(call.x, np.float32(low))
    return found if high is None else tf.minimum(found, np.float32(high))


def _prelu(call: Call) -> Any:
    tf = _tf()
    return tf.nn.relu(call.x) - call.inputs[1] * tf.nn.relu(-call.x)


def _hard_sigmoid(call: Call) -> Any:
    alpha, beta = call.attr("alpha", 0.2), call.attr("beta", 0.5)
    return _tf().clip_by_value(call.x * np.float32(alpha) + np.float32(beta), 0.0, 1.0)


def _hard_swish(call: Call) -> Any:
    return call.x * (_tf().nn.relu6(call.x + 3.0) * np.float32(1 / 6))


def _elu(call: Call) -> Any:
    tf, alpha = _tf(), call.attr("alpha", 1.0)
    if alpha == 1.0:
        return tf.nn.elu(call.x)
    return tf.nn.relu(call.x) + np.float32(alpha) * (tf.exp(tf.minimum(call.x, 0.0)) - 1.0)


def _selu(call: Call) -> Any:
    tf = _tf()
    if not call.attrs:
        return tf.nn.selu(call.x)
    alpha = np.float32(call.attr("alpha", 1.6732632423543772))
    negative = alpha * (tf.exp(tf.minimum(call.x, 0.0)) - 1.0)
    return np.float32(call.attr("gamma", 1.0507009873554805)) * (tf.nn.relu(call.x) + negative)


def _gelu(call: Call) -> Any:
    tf, x = _tf(), call.x
    if call.attr("approximate", "none") == "tanh":
        inner = np.float32(np.sqrt(2 / np.pi)) * (x + np.float32(0.044715) * x * x * x)
        return 0.5 * x * (1.0 + tf.tanh(inner))
    return 0.5 * x * (1.0 + tf.math.erf(x * np.float32(np.sqrt(0.5))))


def _softmax(call: Call) -> Any:
    """Before opset 13 every axis from `axis` on is one."""
    tf, rank = _tf(), len(call.shape())
    axis = call.attr("axis", 1 if call.opset < 13 else -1) % rank
    function = tf.nn.log_softmax if call.op == "LogSoftmax" else tf.nn.softmax
    if call.opset >= 13 or axis == rank - 1:
        return function(call.x, axis)
    flat = tf.reshape(call.x, [-1, _count(call.shape()[axis:])])
    return tf.reshape(function(flat), _target(call.x, [0] * axis + [*call.shape()[axis:]]))


def _gemm(call: Call) -> Any:
    tf = _tf()
    transposed = {"transpose_a": call.attr("transA", 0), "transpose_b": call.attr("transB", 0)}
    b = call.inputs[1] * np.float32(call.attr("alpha", 1.0))
    if isinstance(b, np.ndarray) and transposed["transpose_b"]:
        b, transposed["transpose_b"] = np.ascontiguousarray(b.T), 0
    found = tf.matmul(call.x, b, **{key: bool(value) for key, value in transposed.items()})
    if not call.given(2):
        return found
    return found + call.inputs[2] * np.float32(call.attr("beta", 1.0))


def _reshape(call: Call) -> Any:
    shape = [int(size) for size in call.constant(1)]
    if call.attr("allowzero", 0) and 0 in shape:
        raise call.refused("allowzero")
    return _tf().reshape(call.x, _target(call.x, shape))


def _target(x: Any, shape: list[Any]) -> Any:
    """A shape whose zeros copy an axis; at most one length may then be unknown."""
    known = [x.shape[i] if size == 0 else size for i, size in enumerate(shape)]
    if known.count(None) + known.count(-1) <= 1:
        return [-1 if size is None else size for size in known]
    lengths = _tf().shape(x)
    return [lengths[i] if size is None else size for i, size in enumerate(known)]


def _flatten(call: Call) -> Any:
    shape, axis = call.shape(), call.attr("axis", 1)
    axis += len(shape) if axis < 0 else 0
    after = shape[axis:]
    target = [_count(shape[:axis]), -1] if None in after else [-1, _count(after)]
    return _tf().reshape(call.x, target)


def _count(shape: list[int | None]) -> int:
    return math.prod(size or 0 for size in shape)


def _squeeze(call: Call) -> Any:
    axes = call.setting("axes", 1)
    return _tf().squeeze(call.x, axes)


def _unsqueeze(call: Call) -> Any:
    axes = call.setting("axes", 1)
    rank = len(call.shape()) + len(axes)
    found = call.x
    for axis in sorted(axis % rank for axis in axes):
        found = _tf().expand_dims(found, axis)
    return found


def _slice(call: Call) -> Any:
    starts, ends = call.setting("starts", 1), call.setting("ends", 2)
    axes = call.setting("axes", 3, list(range(len(starts))))
    steps = call.setting("steps", 4, [1] * len(starts))
    parts = [slice(None)] * len(call.shape())
    for start, end, axis, step in zip(starts, ends, axes, steps, strict=True):
        last = end if abs(end) < 2**31 - 1 else None
        parts[axis] = slice(start if abs(start) < 2**31 - 1 else None, last, step)
    return call.x[tuple(parts)]


def _split(call: Call) -> Any:
    axis, sizes = call.attr("axis", 0), call.setting("split", 1)
    return list(_tf().split(call.x, sizes or call.outputs, axis))


def _gather(call: Call) -> Any:
    axis, wanted = call.attr("axis", 0), call.constant(1)
    length = call.shape()[axis]
    indices = np.where(wanted < 0, wanted + (length or 0), wanted).astype(np.int32)
    return _tf().gather(call.x, indices, axis=axis)


def _pad(call: Call) -> Any:
    pads, value = call.setting("pads", 1), call.setting("value", 2, 0.0)
    axes = call.setting("axes", 3, list(range(len(call.shape()))))
    pairs = [[0, 0] for _ in call.shape()]
    for i, axis in enumerate(axes):
        pairs[axis] = [int(pads[i]), int(pads[i + len(axes)])]
    mode = call.attr("mode", "constant")
    if min(map(min, pairs)) < 0:
        raise call.refused("negative pads")
    if mode not in ("constant", "reflect"):
        raise call.refused(f"mode {mode}")
    if mode == "reflect":
        return _tf().pad(call.x, pairs, "REFLECT")
    return _tf().pad(call.x, pairs, constant_values=float(np.ravel(value)[0]))


def _reduce(name: str) -> Callable[[Call], Any]:
    def apply(call: Call) -> Any:
        axes = call.setting("axes", 1)
        if not axes and call.attr("noop_with_empty_axes", 0):
            return call.x
        keep = bool(call.attr("keepdims", 1))
        return getattr(_tf(), name)(call.x, axes or None, keepdims=keep)

    return apply


def _layer_norm(call: Call) -> Any:
    tf, rank = _tf(), len(call.shape())
    axes = list(range(call.attr("axis", -1) % rank, rank))
    mean = tf.reduce_mean(call.x, axes, keepdims=True)
    variance = tf.reduce_mean(tf.square(call.x - mean), axes, keepdims=True)
    scaled = (call.x - mean) * tf.math.rsqrt(variance + call.attr("epsilon", 1e-5))
    scaled = scaled * call.inputs[1]
    return scaled + call.inputs[2] if call.given(2) else scaled


def _transpose(call: Call) -> Any:
    order = call.attr("perm", list(reversed(range(len(call.shape())))))
    return _tf().transpose(call.x, order)


def _expand(call: Call) -> Any:
    ones = np.ones([int(size) for size in call.constant(1)], np.float32)
    return call.x * ones


def _same(call: Call) -> Any:
    return call.x


def _mean(call: Call) -> Any:
    return _fold("add")(call) / np.float32(len(call.inputs))


def _cast(call: Call) -> Any:
    """The browser has one kind of float and one of integer."""
    kind = TensorProto.DataType.Name(call.attr("to"))
    if kind not in _KINDS:
        raise call.refused(f"to={kind}")
    if isinstance(call.x, np.ndarray):
        return call.x.astype(_KINDS[kind])
    return _tf().cast(call.x, _KINDS[kind])


def _constant(call: Call) -> Any:
    ((name, value),) = call.attrs.items()
    if name == "value":
        return numpy_helper.to_array(value)
    if name not in _CONSTANTS:
        raise call.refused(name)
    return np.array(value, _CONSTANTS[name])


_KINDS = {
    **dict.fromkeys(("FLOAT", "DOUBLE", "FLOAT16", "BFLOAT16"), np.float32),
    **dict.fromkeys(("INT32", "INT64"), np.int32),
}
_CONSTANTS = {
    **dict.fromkeys(("value_float", "value_floats"), np.float32),
    **dict.fromkeys(("value_int", "value_ints"), np.int64),
}


OPS: dict[str, Callable[[Call], Any]] = {
    "Abs": _unary("abs"),
    "Add": _fold("add"),
    "Cast": _cast,
    "Clip": _clip,
    "Concat": lambda call: _tf().concat(call.inputs, call.attr("axis")),
    "Constant": _constant,
    "Div": _fold("divide"),
    "Dropout": _same,
    "Elu": _elu,
    "Erf": _unary("math.erf"),
    "Exp": _unary("exp"),
    "Expand": _expand,
    "Flatten": _flatten,
    "Floor": _unary("floor"),
    "Gather": _gather,
    "Gelu": _gelu,
    "Gemm": _gemm,
    "HardSigmoid": _hard_sigmoid,
    "HardSwish": _hard_swish,
    "Identity": _same,
    "LayerNormalization": _layer_norm,
    "LeakyRelu": lambda call: _tf().nn.leaky_relu(call.x, call.attr("alpha", 0.01)),
    "Log": _unary("math.log"),
    "LogSoftmax": _softmax,
    "MatMul": _fold("matmul"),
    "Max": _fold("maximum"),
    "Mean": _mean,
    "Min": _fold("minimum"),
    "Mish": lambda call: call.x * _tf().tanh(_tf().nn.softplus(call.x)),
    "Mul": _fold("multiply"),
    "Neg": _unary("negative"),
    "PRelu": _prelu,
    "Pad": _pad,
    "Pow": _fold("pow"),
    "Reciprocal": _unary("math.reciprocal"),
    "ReduceMax": _reduce("reduce_max"),
    "ReduceMean": _reduce("reduce_mean"),
    "ReduceMin": _reduce("reduce_min"),
    "ReduceSum": _reduce("reduce_sum"),
    "Relu": _unary("nn.relu"),
    "Reshape": _reshape,
    "Selu": _selu,
    "Sigmoid": _unary("sigmoid"),
    "Slice": _slice,
    "Softmax": _softmax,
    "Softplus": _unary("nn.softplus"),
    "Softsign": _unary("nn.softsign"),
    "Split": _split,
    "Sqrt": _unary("sqrt"),
    "Squeeze": _squeeze,
    "Sub": _fold("subtract"),
    "Sum": _fold("add"),
    "Tanh": _unary("tanh"),
    "Transpose": _transpose,
    "Unsqueeze": _unsqueeze,
}
