"""Which weight type a model ships: the smallest that passes its gates, or the one asked for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from export.accuracy import Accuracy
from export.gates import LIMITS, Gate, gates_for, hold
from export.parity import Link

Measure = Callable[[str], Link]
Recall = Callable[[str], Sequence[Accuracy]]


@dataclass(frozen=True, kw_only=True)
class Choice:
    """The variant to ship, those that passed, and all that was measured on the way."""

    shipped: str
    passed: tuple[str, ...]
    links: tuple[Link, ...]
    gates: tuple[Gate, ...]
    accuracy: tuple[Accuracy, ...] = ()
    """Of the variant to ship, where there are labelled pictures."""


def choose(
    wanted: str,
    smallest_first: Sequence[str],
    measure: Measure,
    recall: Recall = lambda variant: (),
) -> Choice:
    """f32 has to pass in any case: it proves the graph, which all variants share. Recall is asked
    only of variants that passed otherwise."""
    trial = _Trial(measure, recall)
    hold(trial.run("f32"))
    if wanted in LIMITS:
        if wanted != "f32":
            hold(trial.run(wanted))
        return trial.choice(wanted)
    for variant in smallest_first:
        passes = variant in trial.passed or trial.passes(variant)
        if passes and wanted == "auto":
            break
    return trial.choice(next(v for v in smallest_first if v in trial.passed))


class _Trial:
    def __init__(self, measure: Measure, recall: Recall) -> None:
        self._measure, self._recall = measure, recall
        self._accuracy: dict[str, tuple[Accuracy, ...]] = {}
        self._links: list[Link] = []
        self._gates: list[Gate] = []
        self.passed: list[str] = []

    def run(self, variant: str) -> list[Gate]:
        link = self._measure(variant)
        gates = gates_for(link.name, link.drift, LIMITS[variant])
        if all(gate.passed for gate in gates):
            self._accuracy[variant] = tuple(self._recall(variant))
            for found in self._accuracy[variant]:
                gates += found.gates(f"{variant}, {found.head}")
        self._links.append(link)
        self._gates += gates
        if all(gate.passed for gate in gates):
            self.passed.append(variant)
        return gates

    def passes(self, variant: str) -> bool:
        return all(gate.passed for gate in self.run(variant))

    def choice(self, shipped: str) -> Choice:
        return Choice(
            shipped=shipped,
            passed=tuple(self.passed),
            links=tuple(self._links),
            gates=tuple(self._gates),
            accuracy=self._accuracy[shipped],
        )
