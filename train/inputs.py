"""From a face's pixels to the tensor that a net takes; training and export share it."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from face_detect.crop import Pixels, Rect, grey, sample
from train.contract import Contract, Input


def whole(picture: Pixels, size: int) -> Pixels:
    """A picture that is already a crop: its central square, by the browser's own sampler."""
    return sample(picture, middle(picture), size)


def middle(picture: Pixels) -> Rect:
    """The central square."""
    height, width = picture.shape[:2]
    side = min(height, width)
    return Rect(x=(width - side) // 2, y=(height - side) // 2, side=side)


def normalise(crops: Pixels, spec: Input) -> npt.NDArray[np.float32]:
    """RGB crops [N, S, S, 3] to the float32 tensor [N, S, S, C] of the browser's graph."""
    return normalised(channels_of(crops, spec), spec)


def channels_of(crops: Pixels, spec: Input) -> Pixels:
    """The channels [..., C] that the net sees of RGB crops."""
    return grey(crops) if spec.channels == "grey" else crops


def normalised(pixels: Pixels, spec: Input) -> npt.NDArray[np.float32]:
    """(pixel / 255 − mean) / std, for pixels [..., C]."""
    table = (np.arange(256)[:, None] / 255 - np.array(spec.mean)) / np.array(spec.std)
    channel = np.arange(spec.depth)
    tensor: npt.NDArray[np.float32] = table.astype(np.float32)[pixels, channel]
    return tensor


def probabilities(
    outputs: npt.NDArray[np.floating], contract: Contract
) -> list[npt.NDArray[np.float64]]:
    """Each head's calibrated probabilities from the net's raw outputs [N, K]."""
    found = []
    for head, logits in zip(contract.heads, head_logits(outputs, contract), strict=True):
        values = logits / head.temperature
        exponents = np.exp(values - values.max(axis=1, keepdims=True))
        found.append(exponents / exponents.sum(axis=1, keepdims=True))
    return found


def head_logits(
    outputs: npt.NDArray[np.floating], contract: Contract
) -> list[npt.NDArray[np.float64]]:
    """Each head's columns of the raw outputs; of probabilities their logarithms."""
    columns = [outputs[:, part].astype(np.float64) for _, part in contract.head_slices()]
    if contract.output == "logits":
        return columns
    return [np.log(np.maximum(values, 1e-12)) for values in columns]
