"""Where runs take their pictures from: read anew for each, or once for many."""

from __future__ import annotations

from collections import Counter, OrderedDict
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

from face_detect.crop import Pixels
from train.contract import Contract
from train.crops import crops_of
from train.data.dataset import Dataset, Framing
from train.data.record import Record
from train.gather import Gathered, gather, gather_parts, thin
from train.inputs import channels_of
from train.plan import Plan
from train.samples import Samples, load_samples, samples_of, targets_of
from train.top_up import offered, topped_up
from train.watch import Watch

KEPT = 4
"""Sets of pictures that lie in memory at once: what three parts and one change need."""
T = TypeVar("T")


@dataclass(frozen=True, kw_only=True)
class Judged:
    """Every picture to judge by, those without a face as well."""

    samples: Samples
    found: npt.NDArray[np.bool_]
    crops: Pixels
    """As they are shown, RGB."""


class Source:
    """Reads anew each time."""

    def gather(self, plan: Plan, watch: Watch) -> Gathered:
        """The parts of a plan's data."""
        return gather(plan, watch)

    def load(
        self, records: Sequence[Record], framing: Framing, contract: Contract, watch: Watch
    ) -> Samples:
        """What can be learned from; a face that was not found is left out and said."""
        samples, problems = load_samples(records, contract, framing=framing, on_step=watch.on_step)
        for kind, count in Counter(problem.kind for problem in problems).items():
            watch.say(f"left out: {count} × {kind}")
        return samples

    def judged(self, dataset: Dataset, contract: Contract, watch: Watch) -> Judged:
        """What is judged by; a face that was not found stays, as an error."""
        crops = crops_of(dataset, contract, on_step=watch.on_step)
        pixels = channels_of(crops.pixels, contract.input)
        samples = samples_of(pixels, targets_of(dataset.records, contract), contract)
        return Judged(samples=samples, found=crops.found, crops=crops.pixels)


class SharedSource(Source):
    """Reads once what plans have in common."""

    def __init__(self) -> None:
        self._gathered: dict[str, Gathered] = {}
        self._offered: dict[str, tuple[Record, ...]] = {}
        self._loaded: OrderedDict[Hashable, Any] = OrderedDict()

    def gather(self, plan: Plan, watch: Watch) -> Gathered:
        data = thin(self._parts(plan, watch), plan)
        wanted = plan.top_up
        if wanted is None:
            return data
        key = repr(("offered", wanted.data, wanted.labels, plan.most, *_read_by(plan)))
        if key not in self._offered:
            self._offered[key] = offered(plan, wanted, data, watch)
        return topped_up(data, plan, wanted, self._offered[key])

    def _parts(self, plan: Plan, watch: Watch) -> Gathered:
        key = repr(_read_by(plan))
        if key not in self._gathered:
            self._gathered[key] = gather_parts(plan, watch)
        return self._gathered[key]

    def load(
        self, records: Sequence[Record], framing: Framing, contract: Contract, watch: Watch
    ) -> Samples:
        key = ("load", tuple(map(id, records)), framing, *_seen_by(contract))
        return self._once(
            key, lambda: super(SharedSource, self).load(records, framing, contract, watch)
        )

    def judged(self, dataset: Dataset, contract: Contract, watch: Watch) -> Judged:
        key = ("judged", tuple(map(id, dataset.records)), dataset.framing, *_seen_by(contract))
        return self._once(key, lambda: super(SharedSource, self).judged(dataset, contract, watch))

    def _once(self, key: Hashable, read: Callable[[], T]) -> T:
        """The last few; the records behind the ids live as long as what was gathered."""
        if key not in self._loaded:
            self._loaded[key] = read()
        self._loaded.move_to_end(key)
        while len(self._loaded) > KEPT:
            self._loaded.popitem(last=False)
        found: T = self._loaded[key]
        return found


def _read_by(plan: Plan) -> tuple[object, ...]:
    """All of a plan that decides what its parts are."""
    reading = (plan.all_data, plan.task, plan.head, plan.framing, plan.reading)
    return (*reading, plan.valid_share, plan.parting_seed, plan.parted_as)


def _seen_by(contract: Contract) -> tuple[Hashable, ...]:
    """All of a contract that decides what its crops are."""
    labels = tuple(head.labels for head in contract.heads)
    return (repr(contract.input), repr(contract.crop), labels)
