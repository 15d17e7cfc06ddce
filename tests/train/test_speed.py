from __future__ import annotations

import dataclasses
import time
from pathlib import Path

import pytest
from lightning_fabric import Fabric

from face_detect.command import InputError
from face_detect.crop import Pixels
from train import samples
from train.contract import Contract
from train.data import open_dataset
from train.input_speed import measure_input
from train.options import FitOptions
from train.source import Source
from train.speed import Speed, measure_speed
from train.start import start
from train.store.stored_pixels import Places, StoredPixels
from train.store.stored_source import StoredSource
from train.watch import Watch


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


def test_a_store_that_is_slow_shows_in_the_ratio(
    contract: Contract, dataset: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    records = open_dataset(dataset, "train").records
    stored = StoredSource(tmp_path, Fabric(accelerator="cpu", devices=1)).load(
        records, "crop", contract, Watch()
    )
    read = StoredPixels.__getitem__

    def slow(pixels: StoredPixels, places: Places) -> Pixels:
        time.sleep(0.2)
        return read(pixels, places)

    monkeypatch.setattr(StoredPixels, "__getitem__", slow)
    held = Source().load(records, "crop", contract, Watch())
    found = measure_input(held, stored, contract, options=FitOptions(batch=8), steps=2, pairs=3)
    assert found.ratio < 0.5


def test_fewer_pictures_than_a_batch_are_refused(contract: Contract, dataset: Path) -> None:
    few = Source().load(open_dataset(dataset, "train").records, "crop", contract, Watch())
    with pytest.raises(InputError, match="pictures are less than a batch of 5000; choose a small"):
        measure_input(few, few, contract, options=FitOptions(batch=5000))
