"""A small class-conditional variational autoencoder (https://arxiv.org/abs/1312.6114): pictures in
the place of old data that may not be kept."""

from __future__ import annotations

import math
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from train.aside import replacing
from train.records import fingerprint
from train.samples import Samples

SIDE = 32
"""Of the pictures within; others are brought to it and back."""
_LATENT, _WIDTH, _BATCH, _RATE = 32, 16, 64, 2e-3


class Generator(nn.Module):
    """Encoder and decoder; both are told the label."""

    def __init__(self, classes: int, channels: int) -> None:
        super().__init__()
        self.classes = classes
        widths = (channels, _WIDTH, 2 * _WIDTH, 4 * _WIDTH)
        down: list[nn.Module] = []
        up: list[nn.Module] = []
        for outer, inner in pairwise(widths):
            down += [nn.Conv2d(outer, inner, 4, 2, 1), nn.ReLU()]
            up = [nn.ReLU(), nn.ConvTranspose2d(inner, outer, 4, 2, 1), *up]
        inside = widths[-1] * (SIDE // 8) ** 2
        self.down = nn.Sequential(*down, nn.Flatten())
        self.to_latent = nn.Linear(inside + classes, 2 * _LATENT)
        self.from_latent = nn.Linear(_LATENT + classes, inside)
        self.up = nn.Sequential(nn.Unflatten(1, (widths[-1], SIDE // 8, SIDE // 8)), *up)

    def loss(self, pictures: Tensor, labels: Tensor, random: torch.Generator) -> Tensor:
        """What is lost of pictures from 0 to 1, and how far their codes are from the prior's."""
        told = self._told(labels)
        mean, log_variance = self.to_latent(torch.cat([self.down(pictures), told], 1)).chunk(2, 1)
        noise = torch.randn(mean.shape, generator=random)
        logits = self.draw(mean + noise * (log_variance / 2).exp(), labels)
        lost = F.binary_cross_entropy_with_logits(logits, pictures, reduction="sum")
        far = (mean.square() + log_variance.exp() - log_variance - 1).sum() / 2
        total: Tensor = (lost + far) / len(pictures)
        return total

    def draw(self, codes: Tensor, labels: Tensor) -> Tensor:
        """Logits of pictures."""
        logits: Tensor = self.up(self.from_latent(torch.cat([codes, self._told(labels)], 1)))
        return logits

    def _told(self, labels: Tensor) -> Tensor:
        """As loud as the code, or else the decoder is slow to hear it."""
        return F.one_hot(labels, self.classes).float() * math.sqrt(_LATENT)


def generator_of(
    samples: Samples,
    kept: Path,
    *,
    epochs: int,
    seed: int,
    on_step: Callable[[int, int], None] = lambda done, total: None,
) -> Generator:
    """One that was fitted to these samples, now or before: `kept` holds it for the next time."""
    net = Generator(samples.classes, samples.pixels.shape[-1])
    asked = {"samples": samples.fingerprint(), "epochs": epochs, "seed": seed}
    file = kept / f"generator-{fingerprint(asked)[:24]}.pt"
    if file.exists():
        net.load_state_dict(torch.load(file, weights_only=True))
        return net
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        net = Generator(samples.classes, samples.pixels.shape[-1])
    _fit(net, samples, epochs, seed, on_step)
    kept.mkdir(parents=True, exist_ok=True)
    with replacing(file) as stream:
        torch.save(net.state_dict(), stream)
    return net


@torch.inference_mode()
def generate(net: Generator, like: Samples, count: int, seed: int) -> Samples:
    """`count` pictures of the size of `like`'s, with labels as often as there."""
    random = torch.Generator().manual_seed(seed)
    places = torch.randint(len(like), (count,), generator=random)
    labels = like.targets[places]
    codes = torch.randn((count, _LATENT), generator=random)
    made = [
        _sized(net.draw(some, said).sigmoid(), like.pixels.shape[1])
        for some, said in zip(torch.split(codes, _BATCH), torch.split(labels, _BATCH), strict=True)
    ]
    pixels = torch.cat(made).mul(255).round().clamp(0, 255).byte().permute(0, 2, 3, 1)
    return Samples(
        pixels=np.ascontiguousarray(pixels.numpy()), targets=labels, classes=like.classes
    )


def _fit(
    net: Generator,
    samples: Samples,
    epochs: int,
    seed: int,
    on_step: Callable[[int, int], None],
) -> None:
    random = torch.Generator().manual_seed(seed)
    optimizer = torch.optim.Adam(net.parameters(), _RATE)
    done, steps = 0, epochs * -(-len(samples) // _BATCH)
    for _ in range(epochs):
        order = torch.randperm(len(samples), generator=random)
        for places in torch.split(order, _BATCH):
            pixels = torch.from_numpy(samples.pixels[places.numpy()]).permute(0, 3, 1, 2)
            loss = net.loss(_sized(pixels / 255, SIDE), samples.targets[places], random)
            optimizer.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            optimizer.step()
            done += 1
            on_step(done, steps)


def _sized(pictures: Tensor, side: int) -> Tensor:
    if pictures.shape[-1] == side:
        return pictures
    return F.interpolate(pictures, (side, side), mode="bilinear", antialias=True)
