"""One round of self-training, as its record tells it."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from train.evaluate import Indices
from train.pseudo.choose import Chosen
from train.pseudo.worth import Worth
from train.records import DONE

RUNS, MODELS = "runs", "models"
_SHOWN = 8


@dataclass(frozen=True, kw_only=True)
class Picked:
    """What became of the faces; lists are by label, in the contract's order."""

    faces: int
    sure: list[int]
    """Probable enough, doubted ones as well."""
    doubted: list[int]
    over: list[int]
    """Above the cap."""
    taken: list[int]
    caps: list[int]
    information: float
    """Most mutual information, in nats, that was not called doubt."""
    right: float | None
    """Of the taken ones whose label is known after all, the share that has the right one."""
    spread: float | None
    """Standard deviation of a taken face's probability between passes, their mean; None of none."""
    spread_doubted: float | None
    """The same of the doubted ones."""
    shown: list[list[int]]
    """Places of a few taken faces of each label, from the surest to the least sure."""
    shown_doubted: list[int]

    @property
    def total(self) -> int:
        return sum(self.taken)

    def shares(self) -> list[float]:
        """Of each label among the taken."""
        return [count / max(1, self.total) for count in self.taken]


@dataclass(frozen=True, kw_only=True)
class Round:
    """What a round came to."""

    number: int
    record: str
    """The name of its folder in `runs/`, and in `models/`."""
    picked: Picked
    learned_from: int
    """Pictures, old ones as well."""
    valid: Worth

    @classmethod
    def read(cls, record: Path) -> Round:
        """Of a finished round."""
        return cls.of(json.loads((record / DONE).read_text(encoding="utf-8")))

    @classmethod
    def of(cls, document: dict[str, Any]) -> Round:
        picked, valid = Picked(**document["picked"]), Worth(**document["valid"])
        return cls(**document | {"picked": picked, "valid": valid})

    def plain(self) -> dict[str, Any]:
        return dataclasses.asdict(self)


def picked(chosen: Chosen, truth: Indices) -> Picked:
    """In numbers."""
    taken, doubted, over = (
        chosen.counts(places) for places in (chosen.taken, chosen.doubted, chosen.over)
    )
    known = chosen.taken[truth[chosen.taken] >= 0]
    right = (chosen.labels[known] == truth[known]).mean() if len(known) else None
    by_label = [chosen.taken[chosen.labels[chosen.taken] == i] for i in range(len(chosen.caps))]
    return Picked(
        faces=len(chosen.labels),
        sure=[sum(counts) for counts in zip(taken, doubted, over, strict=True)],
        doubted=doubted,
        over=over,
        taken=taken,
        caps=list(chosen.caps),
        information=chosen.information,
        right=None if right is None else float(right),
        spread=_mean(chosen.spread[chosen.taken]),
        spread_doubted=_mean(chosen.spread[chosen.doubted]),
        shown=[_few(places) for places in by_label],
        shown_doubted=_few(chosen.doubted),
    )


def line(picked: Picked, labels: Sequence[str]) -> str:
    """In words."""
    by_label = zip(labels, picked.taken, picked.over, picked.shares(), strict=True)
    taken = ", ".join(_told(*each) for each in by_label if each[1] or each[2])
    return (
        f"{sum(picked.sure)} of {picked.faces} faces are sure, {sum(picked.doubted)} of them"
        f" refused in doubt, {picked.total} taken: {taken or 'none'}"
    )


def _told(label: str, count: int, over: int, share: float) -> str:
    cap = f", of {count + over}: its cap" if over else ""
    return f"{label} {count} ({share:.0%}{cap})"


def _mean(values: npt.NDArray[np.float64]) -> float | None:
    return float(values.mean()) if len(values) else None


def _few(places: Indices) -> list[int]:
    if len(places) <= _SHOWN:
        return places.tolist()  # type: ignore[no-any-return]
    chosen = np.linspace(0, len(places) - 1, _SHOWN).round().astype(int)
    return places[chosen].tolist()  # type: ignore[no-any-return]
