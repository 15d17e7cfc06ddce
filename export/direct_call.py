"""One ONNX node with its inputs' values, ready to be translated."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import onnx
from onnx import helper

from export.graph import Array
from export.unsupported import UnsupportedOperatorError


class NotConstantError(ValueError):
    """A node whose shapes depend on the picture."""


@dataclass(frozen=True, kw_only=True)
class Call:
    """Inputs are TensorFlow tensors or numpy constants; None for one that is left out."""

    op: str
    inputs: list[Any]
    attrs: dict[str, Any]
    opset: int
    outputs: int

    @classmethod
    def of(cls, node: onnx.NodeProto, inputs: list[Any], opset: int) -> Call:
        attrs = {item.name: helper.get_attribute_value(item) for item in node.attribute}
        return cls(
            op=node.op_type, inputs=inputs, attrs=attrs, opset=opset, outputs=len(node.output)
        )

    @property
    def x(self) -> Any:
        """The first input."""
        return self.inputs[0]

    def given(self, index: int) -> bool:
        return len(self.inputs) > index and self.inputs[index] is not None

    def attr(self, name: str, default: Any = None) -> Any:
        value = self.attrs.get(name, default)
        return value.decode() if isinstance(value, bytes) else value

    def constant(self, index: int) -> Array:
        """An input that has to be known beforehand."""
        import tensorflow as tf

        value = tf.get_static_value(self.inputs[index])
        if value is None:
            raise NotConstantError(f"{self.op} whose input {index} depends on the picture")
        return np.asarray(value)

    def setting(self, name: str, index: int, default: Any = None) -> Any:
        """What newer opsets hand over as an input and older ones as an attribute."""
        if name in self.attrs:
            return self.attr(name)
        return self.constant(index).tolist() if self.given(index) else default

    def shape(self, index: int = 0) -> list[int | None]:
        shape: list[int | None] = list(self.inputs[index].shape)
        return shape

    def refused(self, setting: str) -> UnsupportedOperatorError:
        """What to raise where this operator is known, but not with such a setting."""
        return UnsupportedOperatorError(f"does not know {self.op} with {setting}", [self.op])

    def sides(self) -> list[int]:
        """Height and width of the first input, NCHW."""
        sides = self.shape()[2:]
        if len(sides) != 2:
            raise self.refused(f"kernel_shape of {len(sides)} sides")
        if None in sides:
            raise NotConstantError(f"{self.op} on {self.shape()}")
        return [int(side or 0) for side in sides]
