"""Plain stacks of 3×3 convolutions: cheap to train on a CPU and quick in a browser.

Every convolution runs with a batch norm and a ReLU, which the export folds into one operator. The
stem halves the picture at once: most of the work is then done at 24×24 and 12×12, where faces of
48×48 pixels keep their shape and a convolution fills the machine's caches.
"""

from __future__ import annotations

from collections.abc import Sequence

from torch import Tensor, nn

POOL = 0
"""In a list of widths: halve the picture."""


class PlainNet(nn.Module):
    """A stem and 3×3 convolutions of the given widths, with pools between them."""

    def __init__(
        self, *, outputs: int, channels: int, widths: Sequence[int], dropout: float
    ) -> None:
        super().__init__()
        layers: list[nn.Module] = [_conv(channels, widths[0], kernel=6, stride=2)]
        width = widths[0]
        for wanted in widths[1:]:
            layers.append(nn.MaxPool2d(2) if wanted == POOL else _conv(width, wanted))
            width = wanted or width
        self.features = nn.Sequential(*layers)
        self.avgpool = nn.AdaptiveAvgPool2d(1)
        self.classifier = nn.Sequential(nn.Dropout(dropout), nn.Linear(width, outputs))

    def forward(self, x: Tensor) -> Tensor:
        logits: Tensor = self.classifier(self.avgpool(self.features(x)).flatten(1))
        return logits


def slim(*, outputs: int, channels: int) -> PlainNet:
    """The page's default: 44 M multiply-adds at 48×48, half a million parameters."""
    widths = (48, 48, POOL, 96, 96, POOL, 160, 160)
    return PlainNet(outputs=outputs, channels=channels, widths=widths, dropout=0.1)


def wide(*, outputs: int, channels: int) -> PlainNet:
    """A teacher: 98 M multiply-adds at 48×48, 2.3 million parameters."""
    widths = (64, 64, POOL, 128, 128, POOL, 256, 256, POOL, 512)
    return PlainNet(outputs=outputs, channels=channels, widths=widths, dropout=0.4)


def _conv(inputs: int, outputs: int, kernel: int = 3, stride: int = 1) -> nn.Sequential:
    padding = (kernel - 1) // 2
    return nn.Sequential(
        nn.Conv2d(inputs, outputs, kernel, stride, padding, bias=False),
        nn.BatchNorm2d(outputs),
        nn.ReLU(inplace=True),
    )
