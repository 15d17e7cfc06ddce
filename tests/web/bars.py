"""One picture's answers: the bars that the page shows, and what Python says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch

from face_detect.crop import crop
from face_detect.media import read_picture
from face_detect.tiny import TinyDetector
from face_detect.tiny_weights import DEFAULT_WEIGHTS
from train.checkpoint import load
from train.contract import Head
from train.inputs import normalise, probabilities

PICTURE = Path(__file__).parent / "astronaut.jpg"
BARS = """[...document.querySelectorAll('.files .bars-part')].map((part) =>
    [...part.querySelectorAll('.bar-value')].map((value) => parseFloat(value.textContent) / 100))"""
NAMES = """[...document.querySelectorAll('.files .bars-part')].map((part) =>
    [...part.querySelectorAll('h3, .bar-label')].map(({ textContent }) => textContent))"""
_CLOSE = 0.03
"""The page's weights are narrower than Python's, and it shows whole percents."""


def assert_bars_are_pythons(
    shown: Sequence[Sequence[float]], model: Path, heads: tuple[Head, ...] | None = None
) -> None:
    """The numbers of each head in its order, if need be of heads that tell the outputs otherwise."""
    net, contract = load(model)
    told = contract if heads is None else replace(contract, heads=heads)
    picture = read_picture(PICTURE)
    look = contract.crop.second_look
    (box,) = TinyDetector(DEFAULT_WEIGHTS, second_look=look).detect(picture)
    pixels = crop(picture, box, contract.crop.rule, contract.input.size)[None]
    planes = normalise(pixels, contract.input).transpose(0, 3, 1, 2).copy()
    with torch.inference_mode():
        outputs: npt.NDArray[np.float32] = net(torch.from_numpy(planes)).numpy()
    for said, (wanted,) in zip(shown, probabilities(outputs, told), strict=True):
        np.testing.assert_allclose(said, wanted, atol=_CLOSE)
