from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

from lightning_fabric import Fabric

from train.contract import Contract
from train.data import open_dataset
from train.options import FitOptions
from train.plan import Plan
from train.run import run
from train.source import Source
from train.store.stored_source import StoredSource
from train.watch import Watch


def test_a_run_from_a_store_comes_to_the_very_numbers_of_one_from_memory(
    dataset: Path, tmp_path: Path
) -> None:
    options = FitOptions(epochs=2, batch=8)
    plan = Plan(data=dataset, name="made", size=16, valid_share=0.2, options=options)

    fabric = Fabric(accelerator="cpu", devices=1)

    def losses(name: str, source: Source) -> list[tuple[float, float]]:
        history = run(plan, tmp_path / name, fabric, Watch(), source=source).history
        return [(epoch.loss, epoch.valid_loss) for epoch in history]

    stored = losses("stored", StoredSource(tmp_path / "store", fabric))
    assert stored == losses("memory", Source())
    assert stored == losses("again", StoredSource(tmp_path / "store", fabric))


class Watched(Fabric):
    """Notes what is in the store when the first of the processes lets the others go on."""

    store: Path
    cut: int = 0

    @contextlib.contextmanager
    def rank_zero_first(self, local: bool = False) -> Iterator[None]:
        yield
        self.cut = len(list(self.store.rglob("*.npy")))


def test_one_process_cuts_what_the_others_find(
    contract: Contract, dataset: Path, tmp_path: Path
) -> None:
    fabric = Watched(accelerator="cpu", devices=1)
    fabric.store = tmp_path
    records = open_dataset(dataset, "train").records
    StoredSource(tmp_path, fabric).load(records, "crop", contract, Watch())
    assert fabric.cut == 1
