from __future__ import annotations

from pathlib import Path

from lightning_fabric import Fabric

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
