"""What the weights' narrowing costs on labelled pictures, class by class."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from export.drift import Outputs
from export.gates import Gate
from train.contract import Contract, Head

MACRO_FALL = 0.005
_CLASS_FALL, _CLASS_PICTURES = 0.005, 2
_ROUNDING = 1e-9


@dataclass(frozen=True, kw_only=True)
class Accuracy:
    """One head's recall on a data set, before and after."""

    head: str
    pictures: Mapping[str, int]
    """Per class."""
    before: Mapping[str, float]
    after: Mapping[str, float]

    @property
    def macro_before(self) -> float:
        return sum(self.before.values()) / len(self.before)

    @property
    def macro_after(self) -> float:
        return sum(self.after.values()) / len(self.after)

    def gates(self, link: str) -> list[Gate]:
        """A class falls by 0.5 points or two pictures at most, and the classes' mean by 0.5 points
        or what two pictures of the smallest are in it: with one so small it rests on the classes'
        own gates alone."""
        fall = self.macro_before - self.macro_after
        two = _CLASS_PICTURES / min(self.pictures.values()) / len(self.pictures)
        macro = Gate(
            link=link,
            figure="macro_recall_fall",
            measured=fall,
            allowed=max(MACRO_FALL, two) + _ROUNDING,
        )
        return [macro, *(self._class_gate(link, label) for label in self.before)]

    def _class_gate(self, link: str, label: str) -> Gate:
        return Gate(
            link=f"{link}, {label}",
            figure="recall_fall",
            measured=self.before[label] - self.after[label],
            allowed=max(_CLASS_FALL, _CLASS_PICTURES / self.pictures[label]) + _ROUNDING,
        )


def accuracy(
    before: Outputs, after: Outputs, labels: Sequence[Mapping[str, str]], contract: Contract
) -> list[Accuracy]:
    """Recall per class of each head that the pictures have labels for."""
    found = []
    for head, columns in contract.head_slices():
        truth = np.array([_index(head, known.get(head.name)) for known in labels])
        if (truth >= 0).any():
            answers = before[:, columns].argmax(1), after[:, columns].argmax(1)
            found.append(_accuracy(head, truth, *answers))
    return found


def _accuracy(
    head: Head,
    truth: npt.NDArray[np.intp],
    before: npt.NDArray[np.intp],
    after: npt.NDArray[np.intp],
) -> Accuracy:
    counts = {label: int((truth == i).sum()) for i, label in enumerate(head.labels)}
    present = {label: i for i, label in enumerate(head.labels) if counts[label]}
    return Accuracy(
        head=head.name,
        pictures={label: counts[label] for label in present},
        before={label: float((before[truth == i] == i).mean()) for label, i in present.items()},
        after={label: float((after[truth == i] == i).mean()) for label, i in present.items()},
    )


def _index(head: Head, label: str | None) -> int:
    return head.labels.index(label) if label in head.labels else -1
