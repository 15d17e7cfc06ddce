from __future__ import annotations

import dataclasses
import time
from pathlib import Path

import pytest
from lightning_fabric import Fabric

from train import samples
from train.contract import Contract
from train.data import open_dataset
from train.options import FitOptions
from train.speed import Speed, measure_speed
from train.start import start


def measured(contract: Contract, dataset: Path) -> Speed:
    contract = dataclasses.replace(contract, net="slim")
    return measure_speed(
        start(contract, None, 0),
        contract,
        open_dataset(dataset, "train").records,
        options=FitOptions(batch=8),
        fabric=Fabric(accelerator="cpu", devices=1),
        steps=2,
        pairs=3,
    )


def test_batches_that_come_slowly_show_in_the_ratio(
    contract: Contract, dataset: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make = samples._make

    def slow(*given: object) -> samples.Batch:
        time.sleep(0.5)
        return make(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(samples, "_make", slow)
    assert measured(contract, dataset).ratio < 0.8


def test_reading_weighs_less_the_longer_a_run() -> None:
    speed = Speed(real=100, in_memory=110, ratios=(0.9,), reading=1000)
    assert speed.share_of_run(1) == pytest.approx(1 / 11)
    assert speed.share_of_run(10) == pytest.approx(1 / 101)
