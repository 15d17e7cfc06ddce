"""Whether answers stay the same when a picture hardly changes; this needs no labels."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from face_detect.crop import Pixels
from train.assess import uncertain
from train.calibration import Probabilities
from train.contract import Head
from train.familiarity import Energies
from train.slices import Chosen, Groups
from train.wilson import wilson

BLUR_SIDES = 0.02
"""Standard deviation of the blur, in sides of the crop: about a pixel of 48."""
SHIFT_SIDES = 0.03
CHANGES = ("flip", "blur", "shift")
_STEPS = ((1, 0), (-1, 0), (0, 1), (0, -1))
Ask = Callable[[Pixels], Probabilities]
"""From RGB crops [N, S, S, 3] to one head's calibrated probabilities [N, K]."""


@dataclass(frozen=True, kw_only=True)
class StableSlice:
    """How stable the answers to one group of pictures are."""

    attribute: str
    """Empty for the whole."""
    value: str
    pictures: int
    found: float
    """Share of pictures in which a face was found; the other figures are of these.

    They are None where there is none.
    """
    agreement: Mapping[str, float | None]
    """For each change, the share of answers that stay; for a shift the mean of four ways."""
    steady: float | None
    """Share of answers that stay under every change."""
    low: float
    """Wilson's 95% interval of `steady`."""
    high: float
    uncertain: float | None

    @property
    def counted(self) -> int:
        return round(self.found * self.pictures)

    @property
    def share(self) -> float | None:
        return self.steady


@dataclass(frozen=True, kw_only=True)
class Stability:
    """One head's stability on one dataset."""

    head: Head
    whole: StableSlice
    slices: tuple[StableSlice, ...]
    said: Mapping[str, float]
    """How often each label is said."""


def stability(
    head: Head,
    crops: Pixels,
    found: npt.NDArray[np.bool_],
    ask: Ask,
    groups: Groups | None = None,
    energies: Energies | None = None,
) -> Stability:
    """Ask about each crop and about its changed copies; `energies` are of the crops."""
    plain = ask(crops)
    said = plain.argmax(1)
    kept = {name: _kept(name, crops, said, ask) for name in CHANGES}
    unsure = uncertain(head, plain, found, energies)

    def figures(attribute: str, value: str, chosen: Chosen) -> StableSlice:
        return _slice(attribute, value, chosen, found, kept, unsure)

    everything = np.ones(len(crops), bool)
    shares = np.bincount(said[found], minlength=len(head.labels)) / max(1, found.sum())
    return Stability(
        head=head,
        whole=figures("", "all", everything),
        slices=tuple(figures(*group) for group in groups or ()),
        said=dict(zip(head.labels, shares.tolist(), strict=True)),
    )


def changed(crops: Pixels, name: str) -> list[Pixels]:
    """The changed copies of all crops: one for a flip or a blur, four for a shift."""
    if name == "flip":
        return [crops[:, :, ::-1]]
    side = crops.shape[1]
    if name == "blur":
        return [_each(crops, lambda crop: cv2.GaussianBlur(crop, (0, 0), BLUR_SIDES * side))]
    return [_shifted(crops, across * SHIFT_SIDES, down * SHIFT_SIDES) for across, down in _STEPS]


def _shifted(crops: Pixels, across: float, down: float) -> Pixels:
    """Moved by parts of the side, over a part of a pixel too; the edge is repeated."""
    side = crops.shape[1]
    motion = np.array([[1, 0, across * side], [0, 1, down * side]], np.float32)
    return _each(
        crops,
        lambda crop: cv2.warpAffine(
            crop, motion, (side, side), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
        ),
    )


def _each(crops: Pixels, change: Callable[[Pixels], npt.NDArray[np.generic]]) -> Pixels:
    result = np.empty_like(crops)
    for i, crop in enumerate(crops):
        result[i] = change(np.ascontiguousarray(crop))
    return result


def _kept(name: str, crops: Pixels, said: npt.NDArray[np.intp], ask: Ask) -> npt.NDArray[np.bool_]:
    """For each copy [C, N], whether the answer stayed."""
    again = [ask(copy).argmax(1) for copy in changed(crops, name)]
    stayed: npt.NDArray[np.bool_] = np.stack(again) == said[None]
    return stayed


def _slice(
    attribute: str,
    value: str,
    chosen: Chosen,
    found: npt.NDArray[np.bool_],
    kept: Mapping[str, npt.NDArray[np.bool_]],
    unsure: npt.NDArray[np.bool_],
) -> StableSlice:
    faces = chosen & found
    steady: Chosen = np.logical_and.reduce(np.concatenate(list(kept.values())))[faces]
    low, high = wilson(int(steady.sum()), len(steady))
    return StableSlice(
        attribute=attribute,
        value=value,
        pictures=int(chosen.sum()),
        found=float(faces.sum() / max(1, chosen.sum())),
        agreement={name: _mean(copies[:, faces]) for name, copies in kept.items()},
        steady=_mean(steady),
        low=low,
        high=high,
        uncertain=_mean(unsure[faces]),
    )


def _mean(values: npt.NDArray[np.bool_]) -> float | None:
    return float(values.mean()) if values.size else None
