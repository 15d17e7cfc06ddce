"""Whether reading and augmentation keep up with the net."""

from __future__ import annotations

import itertools
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import torch
from lightning_fabric import Fabric
from torch import nn

from train.contract import Contract
from train.data.dataset import Framing
from train.data.record import Record
from train.fit import learn
from train.fitting import Fitting, begin, worker_of
from train.input_speed import WARM_UP, endless
from train.options import FitOptions
from train.samples import Batch, Samples, load_samples


@dataclass(frozen=True, kw_only=True)
class Speed:
    """Samples a second of the same steps, with batches made as training makes them and without."""

    real: float
    """Every batch drawn from the data and augmented."""
    in_memory: float
    """One batch over and over."""
    ratios: tuple[float, ...]
    """`real` by `in_memory`, of each pair of blocks that ran one after the other."""
    reading: float
    """Pictures a second when the data are read, decoded and cut: once a run, before it begins."""

    @property
    def ratio(self) -> float:
        return statistics.median(self.ratios)

    def share_of_run(self, epochs: int) -> float:
        """What part of a run of so many epochs goes into reading."""
        reading, learning = 1 / self.reading, epochs / self.real
        return reading / (reading + learning)


def measure_speed(
    net: nn.Module,
    contract: Contract,
    records: Sequence[Record],
    *,
    options: FitOptions,
    fabric: Fabric,
    framing: Framing = "crop",
    steps: int = 10,
    pairs: int = 6,
    on_step: Callable[[int, int], None] = lambda done, total: None,
) -> Speed:
    """Time blocks of steps in turn, so that whatever else the machine does meets both alike."""
    torch.set_flush_denormal(True)
    started = time.perf_counter()
    samples, _ = load_samples(records, contract, framing=framing)
    reading = len(records) / (time.perf_counter() - started)
    fitting = begin(net, contract, samples, options, fabric, ())
    fitting.stepping.train()
    drawn = endless(samples, contract.input, options, worker_of(fabric))
    same = itertools.repeat(next(drawn))
    real: list[float] = []
    in_memory: list[float] = []
    _seconds(fitting, samples, drawn, options, WARM_UP)
    for i in range(pairs):
        turns = ((drawn, real), (same, in_memory))
        for source, times in turns if i % 2 else reversed(turns):
            times.append(_seconds(fitting, samples, source, options, steps))
        on_step(i + 1, pairs)
    each = options.batch * steps
    return Speed(
        real=each / statistics.median(real),
        in_memory=each / statistics.median(in_memory),
        ratios=tuple(memory / drew for drew, memory in zip(real, in_memory, strict=True)),
        reading=reading,
    )


def _seconds(
    fitting: Fitting, samples: Samples, source: Iterator[Batch], options: FitOptions, steps: int
) -> float:
    weights = samples.weights(options.class_weights).to(fitting.fabric.device)
    started = time.perf_counter()
    for _ in range(steps):
        learn(fitting, next(source), weights, options)
    return time.perf_counter() - started
