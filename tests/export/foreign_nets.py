"""Classifiers that were never ours: small torch and Keras nets, written by three exporters."""

from __future__ import annotations

import itertools
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

SIZE = 32
NETS = ("plain", "residual", "separable")


@dataclass(frozen=True, kw_only=True)
class Case:
    """One way in which somebody may have written a classifier."""

    exporter: str
    layout: str = "nchw"
    channels: int = 3
    probabilities: bool = False
    dynamic: bool = True
    net: str = "plain"
    opset: int = 17
    labels: int = 7
    more: tuple[int, ...] = ()
    """Labels of further outputs."""

    def __str__(self) -> str:
        batch = "dynamic" if self.dynamic else "static"
        head = "softmax" if self.probabilities else "logits"
        colour = "rgb" if self.channels == 3 else "grey"
        return (
            f"{self.exporter}{self.opset}-{self.net}-{self.layout}-{colour}-{head}-{batch}"
            f"-{'-'.join(map(str, (self.labels, *self.more)))}"
        )


class _Residual(nn.Module):
    def __init__(self, before: int, after: int, stride: int) -> None:
        super().__init__()
        self.body = nn.Sequential(
            nn.Conv2d(before, after, 3, stride, 1, bias=False),
            nn.BatchNorm2d(after),
            nn.ReLU(),
            nn.Conv2d(after, after, 3, 1, 1, bias=False),
            nn.BatchNorm2d(after),
        )
        self.side = nn.Conv2d(before, after, 1, stride) if stride > 1 else nn.Identity()

    def forward(self, x: Tensor) -> Tensor:
        return torch.relu(self.body(x) + self.side(x))


class _Gate(nn.Module):
    """Squeeze and excitation."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.squeeze, self.widen = nn.Conv2d(channels, 4, 1), nn.Conv2d(4, channels, 1)

    def forward(self, x: Tensor) -> Tensor:
        mean = x.mean((2, 3), keepdim=True)
        return x * torch.sigmoid(self.widen(torch.relu(self.squeeze(mean))))


def _separable(before: int, after: int, stride: int) -> nn.Sequential:
    return nn.Sequential(
        nn.Conv2d(before, before, 3, stride, 1, groups=before, bias=False),
        nn.Conv2d(before, after, 1, bias=False),
        nn.BatchNorm2d(after),
        nn.Hardswish(),
    )


def _body(net: str, channels: int, labels: int) -> nn.Sequential:
    """Some tensors are as deep as they are wide and high, which misleads whoever guesses."""
    first = [nn.Conv2d(channels, 16, 3, padding=1), nn.BatchNorm2d(16), nn.ReLU()]
    half = SIZE // 4
    bodies: dict[str, list[nn.Module]] = {
        "plain": [
            *first,
            nn.MaxPool2d(2),
            nn.Conv2d(16, 8, 3, padding=1),
            nn.LeakyReLU(0.1),
            nn.AvgPool2d(2),
            nn.Flatten(),
            nn.Linear(8 * half * half, 24),
            nn.ReLU(),
            nn.Dropout(0.3),
            nn.Linear(24, labels),
        ],
        "residual": [
            *first,
            nn.MaxPool2d(3, 2, 1),
            _Residual(16, 16, 1),
            _Residual(16, 32, 2),
            nn.AdaptiveAvgPool2d(1),
            nn.Flatten(),
            nn.Linear(32, labels),
        ],
        "separable": [
            *first,
            _separable(16, 24, 2),
            _Gate(24),
            _separable(24, 32, 2),
            nn.ELU(),
            nn.AdaptiveMaxPool2d(1),
            nn.Conv2d(32, labels, 1),
            nn.Flatten(),
        ],
    }
    return nn.Sequential(*bodies[net])


class _TorchNet(nn.Module):
    def __init__(self, case: Case) -> None:
        super().__init__()
        *body, last = _body(case.net, case.channels, case.labels)
        others = [
            nn.Linear(last.in_features, size) for size in case.more if isinstance(last, nn.Linear)
        ]
        self.body, self.case = nn.Sequential(*body), case
        self.heads = nn.ModuleList([last, *others])

    def forward(self, x: Tensor) -> Tensor | tuple[Tensor, ...]:
        seen = self.body(x.permute(0, 3, 1, 2) if self.case.layout == "nhwc" else x)
        found = [head(seen) for head in self.heads]
        if self.case.probabilities:
            found = [torch.softmax(each, 1) for each in found]
        return tuple(found) if self.case.more else found[0]


def shape_of(case: Case, batch: int) -> tuple[int, int, int, int]:
    """What the net takes, in its own layout."""
    if case.layout == "nhwc":
        return batch, SIZE, SIZE, case.channels
    return batch, case.channels, SIZE, SIZE


def torch_net(case: Case) -> nn.Module:
    """A net whose batch norms have seen something."""
    torch.manual_seed(case.labels)
    net = _TorchNet(case)
    with torch.no_grad():
        net.train()
        for _ in range(3):
            net(torch.randn(shape_of(case, 8)) * 1.5 + 0.3)
    return net.eval()


def _write_torch(case: Case, path: Path, dynamo: bool) -> None:
    example = torch.randn(shape_of(case, 2 if case.dynamic else 1))
    results = ["y", *(f"y{i}" for i, _ in enumerate(case.more, 2))]
    extra: dict[str, Any] = {}
    if case.dynamic and dynamo:
        extra = {"dynamic_shapes": ({0: torch.export.Dim("n")},)}
    elif case.dynamic:
        extra = {"dynamic_axes": {name: {0: "n"} for name in ("x", *results)}}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        torch.onnx.export(
            torch_net(case),
            (example,),
            path,
            dynamo=dynamo,
            opset_version=case.opset,
            input_names=["x"],
            output_names=results,
            verbose=False,
            **extra,
        )


def _keras_net(case: Case) -> Any:
    from tf_keras import Model, layers

    shape = (SIZE, SIZE, case.channels)
    given = layers.Input(shape, batch_size=None if case.dynamic else 1)
    x = layers.Conv2D(16, 3, padding="same")(given)
    x = layers.BatchNormalization()(x)
    x = layers.ReLU()(x)
    x = _KERAS_BODIES[case.net](layers, x)
    x = layers.Dense(case.labels, "softmax" if case.probabilities else None)(x)
    return Model(given, x)


def _keras_plain(layers: Any, x: Any) -> Any:
    x = layers.MaxPooling2D()(x)
    x = layers.Conv2D(8, 3, padding="same")(x)
    x = layers.LeakyReLU(0.1)(x)
    x = layers.AveragePooling2D()(x)
    x = layers.Flatten()(x)
    return layers.Dropout(0.3)(layers.Dense(24, "relu")(x))


def _keras_residual(layers: Any, x: Any) -> Any:
    x = layers.MaxPooling2D(3, 2, "same")(x)
    for channels, stride in ((16, 1), (32, 2)):
        side = layers.Conv2D(channels, 1, stride)(x) if stride > 1 else x
        x = layers.Conv2D(channels, 3, stride, "same", use_bias=False)(x)
        x = layers.ReLU()(layers.BatchNormalization()(x))
        x = layers.Conv2D(channels, 3, 1, "same", use_bias=False)(x)
        x = layers.ReLU()(layers.Add()([layers.BatchNormalization()(x), side]))
    return layers.GlobalAveragePooling2D()(x)


def _keras_separable(layers: Any, x: Any) -> Any:
    for channels in (24, 32):
        x = layers.SeparableConv2D(channels, 3, 2, "same", use_bias=False)(x)
        x = layers.Activation("swish")(layers.BatchNormalization()(x))
        gate = layers.GlobalAveragePooling2D(keepdims=True)(x)
        gate = layers.Conv2D(4, 1, activation="relu")(gate)
        x = layers.Multiply()([x, layers.Conv2D(channels, 1, activation="sigmoid")(gate)])
    return layers.Flatten()(layers.ELU()(layers.GlobalMaxPooling2D()(x)))


_KERAS_BODIES: dict[str, Callable[[Any, Any], Any]] = {
    "plain": _keras_plain,
    "residual": _keras_residual,
    "separable": _keras_separable,
}


def _write_keras(case: Case, path: Path) -> None:
    import numpy as np
    import tensorflow as tf
    import tf2onnx

    tf.keras.utils.set_random_seed(case.labels)
    net = _keras_net(case)
    rng = np.random.default_rng(case.labels)
    for weight in net.weights:
        if "moving" in weight.name:
            low = 0.3 if "variance" in weight.name else -0.3
            weight.assign(rng.uniform(low, low + 0.6, weight.shape))
    batch = None if case.dynamic else 1
    spec = [tf.TensorSpec((batch, SIZE, SIZE, case.channels), tf.float32, name="x")]
    function = tf.function(lambda x: net(x), input_signature=spec)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        tf2onnx.convert.from_function(
            function,
            spec,
            opset=case.opset,
            inputs_as_nchw=["x"] if case.layout == "nchw" else None,
            output_path=str(path),
        )


def write(case: Case, path: Path) -> None:
    """Write the case's net as ONNX."""
    if case.exporter == "tf2onnx":
        _write_keras(case, path)
    else:
        _write_torch(case, path, case.exporter == "dynamo")


OPSETS = {"torchscript": range(11, 21), "dynamo": range(18, 22), "tf2onnx": range(11, 19)}
"""What each exporter can write within 11 to 21."""


def every_case() -> Iterator[Case]:
    """The full product; opsets, label counts and nets go round."""
    ways = itertools.product(OPSETS, ("nchw", "nhwc"), (1, 3), (False, True), (False, True), NETS)
    for i, (exporter, layout, channels, probabilities, dynamic, net) in enumerate(ways):
        yield Case(
            exporter=exporter,
            layout=layout,
            channels=channels,
            probabilities=probabilities,
            dynamic=dynamic,
            net=net,
            opset=OPSETS[exporter][i % len(OPSETS[exporter])],
            labels=2 + i % 17,
        )
