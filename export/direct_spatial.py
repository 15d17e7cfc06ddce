"""Convolutions and pools of ONNX, with exactly its padding, in TensorFlow's NHWC."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt

from export.direct_call import Call

_LOWEST = float(np.finfo(np.float32).min)
Pads = list[list[int]]


def conv(call: Call) -> Any:
    """Convolution, grouped or not."""
    import tensorflow as tf

    if len(call.shape()) != 4:
        raise call.refused(f"kernel_shape of {len(call.shape()) - 2} sides")
    kernel = np.transpose(call.constant(1), (2, 3, 1, 0))
    dilations = call.attr("dilations", [1, 1])
    reach = [(k - 1) * d + 1 for k, d in zip(kernel.shape, dilations, strict=False)]
    x = _padded(_to_nhwc(call.x), _pads(call, reach), 0.0)
    found = _convolve(x, kernel, call, dilations)
    if call.given(2):
        found = tf.nn.bias_add(found, call.inputs[2])
    return _to_nchw(found)


def _convolve(x: Any, kernel: npt.NDArray[Any], call: Call, dilations: list[int]) -> Any:
    import tensorflow as tf

    groups, strides = call.attr("group", 1), call.attr("strides", [1, 1])
    if groups > 1 and kernel.shape[2] == 1:
        height, width, _, after = kernel.shape
        depthwise = kernel.reshape(height, width, groups, after // groups)
        return _depthwise(x, depthwise, strides, dilations)
    parts = [
        tf.nn.conv2d(part, weights, strides, "VALID", dilations=dilations)
        for part, weights in zip(
            tf.split(x, groups, 3) if groups > 1 else [x],
            np.split(kernel, groups, 3),
            strict=True,
        )
    ]
    return tf.concat(parts, 3) if groups > 1 else parts[0]


def _depthwise(x: Any, kernel: npt.NDArray[Any], strides: list[int], dilations: list[int]) -> Any:
    import tensorflow as tf

    # TensorFlow's kernel has one stride, and none beside dilations; more rows than wanted are left
    # out afterwards.
    one = strides if strides[0] == strides[1] and max(dilations) == 1 else [1, 1]
    found = tf.nn.depthwise_conv2d(x, kernel, [1, *one, 1], "VALID", dilations=dilations)
    return found if one == strides else found[:, :: strides[0], :: strides[1]]


def max_pool(call: Call) -> Any:
    import tensorflow as tf

    kernel, strides = call.attr("kernel_shape"), call.attr("strides", [1, 1])
    if call.attr("dilations", [1, 1]) != [1, 1]:
        raise call.refused("dilations")
    pads = _pads(call, kernel)
    if pads == _same(call.sides(), kernel, strides):
        return _to_nchw(tf.nn.max_pool2d(_to_nhwc(call.x), kernel, strides, "SAME"))
    x = _padded(_to_nhwc(call.x), pads, _LOWEST)
    return _to_nchw(tf.nn.max_pool2d(x, kernel, strides, "VALID"))


def average_pool(call: Call) -> Any:
    import tensorflow as tf

    kernel, strides = call.attr("kernel_shape"), call.attr("strides", [1, 1])
    if call.attr("dilations", [1, 1]) != [1, 1]:
        raise call.refused("dilations")
    pads, x = _pads(call, kernel), _to_nhwc(call.x)
    counted = _counts(call, pads, kernel, strides)
    found = tf.nn.avg_pool2d(_padded(x, pads, 0.0), kernel, strides, "VALID")
    whole = math.prod(kernel)
    return _to_nchw(found if (counted == whole).all() else found * (whole / counted))


def _counts(
    call: Call, pads: Pads, kernel: list[int], strides: list[int]
) -> npt.NDArray[np.float32]:
    """How many values each window holds: padding counts when asked to, what `ceil_mode` adds
    never does."""
    asked = [0] * 4
    if call.attr("count_include_pad", 0):
        (top, bottom), (left, right) = pads
        same = call.attr("auto_pad", "NOTSET").startswith("SAME")
        asked = [top, left, bottom, right] if same else call.attr("pads", asked)
    lines = []
    for axis, side in enumerate(call.sides()):
        before, after = pads[axis]
        low, high = before - asked[axis], before + side + min(asked[axis + 2], after)
        starts = range(0, before + side + after - kernel[axis] + 1, strides[axis])
        lines.append([min(s + kernel[axis], high) - max(s, low) for s in starts])
    counts = np.array(lines[0], np.float32)[:, None] * np.array(lines[1], np.float32)
    return counts[None, :, :, None]


def global_pool(call: Call) -> Any:
    import tensorflow as tf

    reduce = tf.reduce_mean if call.op == "GlobalAveragePool" else tf.reduce_max
    return reduce(call.x, list(range(2, len(call.shape()))), keepdims=True)


def batch_norm(call: Call) -> Any:
    scale, bias, mean, variance = (call.constant(i).astype(np.float64) for i in range(1, 5))
    factor = scale / np.sqrt(variance + call.attr("epsilon", 1e-5))
    along = (-1, *[1] * (len(call.shape()) - 2))
    shift = (bias - mean * factor).reshape(along)
    return call.x * factor.reshape(along).astype(np.float32) + shift.astype(np.float32)


def instance_norm(call: Call) -> Any:
    import tensorflow as tf

    axes = list(range(2, len(call.shape())))
    mean = tf.reduce_mean(call.x, axes, keepdims=True)
    variance = tf.reduce_mean(tf.square(call.x - mean), axes, keepdims=True)
    along = (-1, *[1] * len(axes))
    scale, bias = (call.constant(i).reshape(along) for i in (1, 2))
    return (call.x - mean) * tf.math.rsqrt(variance + call.attr("epsilon", 1e-5)) * scale + bias


def _pads(call: Call, kernel: list[int]) -> Pads:
    """Rows and columns before and after, with what `auto_pad` and `ceil_mode` add."""
    strides, auto = call.attr("strides", [1, 1]), call.attr("auto_pad", "NOTSET")
    if auto.startswith("SAME"):
        same = _same(call.sides(), kernel, strides)
        return same if auto == "SAME_UPPER" else [pair[::-1] for pair in same]
    asked = [0] * 4 if auto == "VALID" else call.attr("pads", [0, 0, 0, 0])
    pads = [[asked[0], asked[2]], [asked[1], asked[3]]]
    if call.attr("ceil_mode", 0):
        for pair, side, size, stride in zip(pads, call.sides(), kernel, strides, strict=True):
            over = (sum(pair) + side - size) % stride
            windows = math.ceil((sum(pair) + side - size) / stride)
            if over and windows * stride < side + pair[0]:
                pair[1] += stride - over
    return pads


def _same(sides: list[int], kernel: list[int], strides: list[int]) -> Pads:
    pads = []
    for side, size, stride in zip(sides, kernel, strides, strict=True):
        total = max((math.ceil(side / stride) - 1) * stride + size - side, 0)
        pads.append([total // 2, total - total // 2])
    return pads


def _padded(x: Any, pads: Pads, value: float) -> Any:
    import tensorflow as tf

    if pads == [[0, 0], [0, 0]]:
        return x
    return tf.pad(x, [[0, 0], *pads, [0, 0]], constant_values=value)


def _to_nhwc(x: Any) -> Any:
    import tensorflow as tf

    return tf.transpose(x, [0, 2, 3, 1])


def _to_nchw(x: Any) -> Any:
    import tensorflow as tf

    return tf.transpose(x, [0, 3, 1, 2])


SPATIAL: dict[str, Callable[[Call], Any]] = {
    "AveragePool": average_pool,
    "BatchNormalization": batch_norm,
    "Conv": conv,
    "GlobalAveragePool": global_pool,
    "GlobalMaxPool": global_pool,
    "InstanceNormalization": instance_norm,
    "MaxPool": max_pool,
}
