"""Plain stacks of 3×3 convolutions: cheap to train on a CPU and quick in a browser.

Every convolution runs with a batch norm and a ReLU, which the export folds into one operator. The
stem halves the picture at once: most of the work is then done at 24×24 and 12×12, where faces of
48×48 pixels keep their shape and a convolution fills the machine's caches.
"""

from __future__ import annotations

from collections.abc import Sequence

from torch import Tensor, nn

from train.nets.activation import activation as named

POOL = 0
"""In a list of widths: halve the picture."""


class PlainNet(nn.Module):
    """A stem and 3×3 convolutions of the given widths, with pools between them."""

    def __init__(
        self,
        *,
        outputs: int,
        channels: int,
        widths: Sequence[int],
        dropout: float,
        activation: str = "relu",
    ) -> None:
        super().__init__()
        first = _conv(channels, widths[0], activation, kernel=6, stride=2)
        layers: list[nn.Module] = [first]
        width = widths[0]
        for wanted in widths[1:]:
            layers.append(nn.MaxPool2d(2) if wanted == POOL else _conv(width, wanted, activation))
            width = wanted or width
        self.features = nn.Sequential(*layers)
        self.avgpool = nn.AdaptiveAvgPool2d(1)
        self.classifier = nn.Sequential(nn.Dropout(dropout), nn.Linear(width, outputs))

    def forward(self, x: Tensor) -> Tensor:
        logits: Tensor = self.classifier(self.avgpool(self.features(x)).flatten(1))
        return logits


def slim(
    *,
    outputs: int,
    channels: int,
    width: float = 1.0,
    depth: int = 2,
    dropout: float = 0.1,
    activation: str = "relu",
) -> PlainNet:
    """The page's default: 44 M multiply-adds at 48×48, half a million parameters.

    `depth` convolutions at each of three resolutions, `width` times as wide.
    """
    stages = [[_scaled(wanted, width)] * depth for wanted in (48, 96, 160)]
    widths = [*stages[0], POOL, *stages[1], POOL, *stages[2]]
    return PlainNet(
        outputs=outputs, channels=channels, widths=widths, dropout=dropout, activation=activation
    )


def wide(
    *, outputs: int, channels: int, dropout: float = 0.4, activation: str = "relu"
) -> PlainNet:
    """A teacher: 98 M multiply-adds at 48×48, 2.3 million parameters."""
    widths = (64, 64, POOL, 128, 128, POOL, 256, 256, POOL, 512)
    return PlainNet(
        outputs=outputs, channels=channels, widths=widths, dropout=dropout, activation=activation
    )


def _scaled(width: int, multiplier: float) -> int:
    """In whole groups of eight, which fill the machine's registers."""
    return max(8, round(width * multiplier / 8) * 8)


def _conv(
    inputs: int, outputs: int, activation: str, kernel: int = 3, stride: int = 1
) -> nn.Sequential:
    padding = (kernel - 1) // 2
    return nn.Sequential(
        nn.Conv2d(inputs, outputs, kernel, stride, padding, bias=False),
        nn.BatchNorm2d(outputs),
        named(activation),
    )
