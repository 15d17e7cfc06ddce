"""Pictures that show what a model's figures look like."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from face_detect.crop import Pixels
from train.calibration import Probabilities
from train.contract import Head
from train.evaluate import Indices

SAMPLED, WORST = 48, 24


@dataclass(frozen=True, kw_only=True)
class Example:
    """A face as the net saw it, what is true and what was said."""

    name: str
    crop: Pixels
    truth: str
    said: str
    confidence: float

    @property
    def right(self) -> bool:
        return self.truth == self.said


@dataclass(frozen=True, kw_only=True)
class Gallery:
    """A sample drawn without looking at the answers, and the mistakes that were surest."""

    sampled: tuple[Example, ...]
    worst: tuple[Example, ...]


def gallery(
    head: Head,
    names: Sequence[str],
    crops: Pixels,
    probabilities: Probabilities,
    truth: Indices,
    found: npt.NDArray[np.bool_],
) -> Gallery:
    """Choose from faces that were found."""
    said, sure = probabilities.argmax(1), probabilities.max(1)
    drawn = np.random.default_rng(0).permutation(np.flatnonzero(found))[:SAMPLED]
    wrong = np.flatnonzero(found & (said != truth))
    worst = wrong[np.argsort(-sure[wrong], kind="stable")][:WORST]

    def example(i: int) -> Example:
        return Example(
            name=names[i],
            crop=crops[i],
            truth=head.labels[truth[i]],
            said=head.labels[said[i]],
            confidence=float(sure[i]),
        )

    return Gallery(
        sampled=tuple(example(i) for i in sorted(drawn.tolist())),
        worst=tuple(example(i) for i in worst.tolist()),
    )
