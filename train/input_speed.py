"""How fast batches come from a store, beside the same from memory and pictures as they were."""

from __future__ import annotations

import itertools
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from face_detect.command import InputError
from train.contract import Contract, Input
from train.data.dataset import Framing
from train.data.record import Record
from train.draws import Worker
from train.options import FitOptions
from train.samples import Batch, Samples, batches, load_samples, steps_of

WARM_UP = 3


@dataclass(frozen=True, kw_only=True)
class InputSpeed:
    """Pictures a second in batches as training draws and augments them, without a net."""

    memory: float
    stored: float
    ratios: tuple[float, ...]
    """`stored` by `memory`, of each pair of blocks that ran one after the other."""

    @property
    def ratio(self) -> float:
        return statistics.median(self.ratios)


def measure_input(
    memory: Samples,
    stored: Samples,
    contract: Contract,
    *,
    options: FitOptions,
    steps: int = 20,
    pairs: int = 6,
    on_step: Callable[[int, int], None] = lambda done, total: None,
) -> InputSpeed:
    """Time blocks of batches in turn, so that whatever else the machine does meets both alike."""
    if not steps_of(memory, options, Worker()):
        raise InputError(
            f"{len(memory)} pictures are less than a batch of {options.batch}; choose a smaller"
            " --batch"
        )
    drawn = [endless(samples, contract.input, options, Worker()) for samples in (memory, stored)]
    for each in drawn:
        _seconds(each, WARM_UP)
    seconds: list[list[float]] = [[], []]
    for i in range(pairs):
        for which in (0, 1) if i % 2 else (1, 0):
            seconds[which].append(_seconds(drawn[which], steps))
        on_step(i + 1, pairs)
    each_block = options.batch * steps
    return InputSpeed(
        memory=each_block / statistics.median(seconds[0]),
        stored=each_block / statistics.median(seconds[1]),
        ratios=tuple(held / read for held, read in zip(*seconds, strict=True)),
    )


def measure_reading(records: Sequence[Record], contract: Contract, framing: Framing) -> float:
    """Pictures a second when each is read, decoded and cut out anew."""
    started = time.perf_counter()
    load_samples(records, contract, framing=framing)
    return len(records) / (time.perf_counter() - started)


def endless(samples: Samples, spec: Input, options: FitOptions, worker: Worker) -> Iterator[Batch]:
    """Epoch after epoch."""
    for seed in itertools.count():
        yield from batches(samples, spec, options, seed, worker)


def _seconds(source: Iterator[Batch], steps: int) -> float:
    started = time.perf_counter()
    for _ in itertools.islice(source, steps):
        pass
    return time.perf_counter() - started
