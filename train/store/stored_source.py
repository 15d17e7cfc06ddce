"""Takes a run's pictures from a store on disk instead of holding them in memory."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import torch
from lightning_fabric import Fabric

from train.contract import Contract
from train.data.dataset import Framing
from train.data.record import Record
from train.samples import Samples, samples_of, targets_of
from train.source import Source
from train.store.stored_crops import stored_crops
from train.watch import Watch


class StoredSource(Source):
    """What is learned from and chosen by lies in the store; what is judged by is read as ever."""

    def __init__(self, store: Path, fabric: Fabric) -> None:
        self._store, self._fabric = store, fabric

    def load(
        self, records: Sequence[Record], framing: Framing, contract: Contract, watch: Watch
    ) -> Samples:
        targets = targets_of(records, contract)
        with self._fabric.rank_zero_first(local=True):  # the others find what it has cut
            found = stored_crops(
                records, contract, self._store, framing=framing, on_step=watch.on_step
            )
        for kind, count in Counter(problem.kind for problem in found.problems).items():
            watch.say(f"left out: {count} × {kind}")
        return samples_of(found.pixels, targets[torch.from_numpy(found.found)], contract)
