"""How fast batches come from a store, beside the same from memory and pictures as they were."""

from __future__ import annotations

import dataclasses
import itertools
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from face_detect.command import InputError
from train.contract import Contract, Input
from train.data.dataset import Framing
from train.data.record import Record
from train.draws import Worker
from train.in_turns import Compared, in_turns
from train.options import FitOptions
from train.samples import Batch, Samples, batches, load_samples, steps_of

WARM_UP = 3
SHARE = 0.5
"""Of the free memory: the rest is for the store's own pages of the same pictures, and batches."""


@dataclass(frozen=True, kw_only=True)
class InputSpeed(Compared):
    """Pictures a second in batches as training draws and augments them, without a net: `stored`
    beside `memory`."""

    memory: float
    stored: float


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
    """Time blocks of batches."""
    if not steps_of(memory, options, Worker()):
        raise InputError(
            f"{len(memory)} pictures are less than a batch of {options.batch}; choose a smaller"
            " --batch"
        )
    from_store, from_memory = (
        endless(samples, contract.input, options, Worker()) for samples in (stored, memory)
    )
    for each in (from_store, from_memory):
        _draw(each, WARM_UP)
    turns = in_turns(
        lambda: _draw(from_store, steps),
        lambda: _draw(from_memory, steps),
        pairs=pairs,
        on_step=on_step,
    )
    each_block = options.batch * steps
    return InputSpeed(
        stored=each_block / statistics.median(turns.first_s),
        memory=each_block / statistics.median(turns.second_s),
        ratios=turns.ratios,
    )


def fitting(records: Sequence[Record], spec: Input, free_bytes: int) -> Sequence[Record]:
    """As many as may lie in memory, spread over all of them."""
    most = max(1, int(free_bytes * SHARE) // (spec.size**2 * spec.depth))
    if len(records) <= most:
        return records
    return [records[i * len(records) // most] for i in range(most)]


def held(stored: Samples) -> Samples:
    """The same pictures in memory."""
    return dataclasses.replace(stored, pixels=np.asarray(stored.pixels))


def measure_reading(records: Sequence[Record], contract: Contract, framing: Framing) -> float:
    """Pictures a second when each is read, decoded and cut out anew."""
    started = time.perf_counter()
    load_samples(records, contract, framing=framing)
    return len(records) / (time.perf_counter() - started)


def endless(samples: Samples, spec: Input, options: FitOptions, worker: Worker) -> Iterator[Batch]:
    """Epoch after epoch."""
    for seed in itertools.count():
        yield from batches(samples, spec, options, seed, worker)


def _draw(source: Iterator[Batch], steps: int) -> None:
    for _ in itertools.islice(source, steps):
        pass
