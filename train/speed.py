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
from train.fitting import begin, worker_of
from train.in_turns import Compared, in_turns
from train.input_speed import WARM_UP, endless
from train.options import FitOptions
from train.samples import Batch, load_samples


@dataclass(frozen=True, kw_only=True)
class Speed(Compared):
    """Samples a second of the same steps, with batches made as training makes them beside one that
    is there already."""

    real: float
    """Every batch drawn from the data and augmented."""
    in_memory: float
    """One batch over and over."""
    reading: float
    """Pictures a second when the data are read, decoded and cut: once a run, before it begins."""

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
    """Time blocks of steps."""
    torch.set_flush_denormal(True)
    started = time.perf_counter()
    samples, _ = load_samples(records, contract, framing=framing)
    reading = len(records) / (time.perf_counter() - started)
    fitting = begin(net, contract, samples, options, fabric, ())
    fitting.stepping.train()
    drawn = endless(samples, contract.input, options, worker_of(fabric))
    same = itertools.repeat(next(drawn))
    weights = samples.weights(options.class_weights).to(fabric.device)

    def learning(source: Iterator[Batch], steps: int = steps) -> None:
        for batch in itertools.islice(source, steps):
            learn(fitting, batch, weights, options)

    learning(drawn, WARM_UP)
    turns = in_turns(lambda: learning(drawn), lambda: learning(same), pairs=pairs, on_step=on_step)
    each = options.batch * steps
    return Speed(
        real=each / statistics.median(turns.first_s),
        in_memory=each / statistics.median(turns.second_s),
        ratios=turns.ratios,
        reading=reading,
    )
