from __future__ import annotations

import argparse
import dataclasses
import json
import time
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import psutil
import pytest
from lightning_fabric import Fabric

from face_detect.command import InputError
from face_detect.crop import Pixels
from train import input_speed, samples
from train.commands import speed as command
from train.contract import Contract
from train.data import open_dataset
from train.input_speed import InputSpeed, measure_input
from train.options import FitOptions
from train.samples import Samples
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


@pytest.fixture
def told(
    dataset: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> tuple[str, int, list[Samples]]:
    """What `speed --store` says, its count of pictures and both its sides on a machine with memory
    for 20 of them."""
    sides: list[Samples] = []

    def measured(memory: Samples, stored: Samples, contract: Contract, **how: Any) -> InputSpeed:
        sides.extend((memory, stored))
        return measure_input(memory, stored, contract, steps=1, pairs=1, options=how["options"])

    free = SimpleNamespace(available=2 * 20 * 32 * 32)
    monkeypatch.setattr(psutil, "virtual_memory", lambda: free)
    monkeypatch.setattr(input_speed, "measure_input", measured)
    parser = argparse.ArgumentParser()
    command.add(parser.add_subparsers())
    words = ["speed", str(dataset), "--size", "32", "--batch", "8"]
    words += ["--store", str(tmp_path / "store"), "--json", str(tmp_path / "out.json")]
    chosen = parser.parse_args(words)
    chosen.run(chosen)
    figures = json.loads((tmp_path / "out.json").read_text("utf-8"))
    return " ".join(capsys.readouterr().err.split()), figures["pictures"], sides


def test_what_does_not_fit_into_memory_is_left_out_and_told(
    told: tuple[str, int, list[Samples]],
) -> None:
    said, pictures, _ = told
    assert pictures == 20
    assert "measured on 20 of 36 pictures" in said


def test_both_sides_have_the_same_pictures(told: tuple[str, int, list[Samples]]) -> None:
    *_, (memory, stored) = told
    assert isinstance(memory.pixels, np.ndarray)
    assert isinstance(stored.pixels, StoredPixels)
    assert np.array_equal(memory.pixels, np.asarray(stored.pixels))


def test_what_fits_is_spread_over_all(contract: Contract, dataset: Path) -> None:
    records = open_dataset(dataset, "train").records
    assert input_speed.fitting(records, contract.input, 2 * 40 * 32 * 32) == records
    some = input_speed.fitting(records, contract.input, 2 * 4 * 32 * 32)
    assert [records.index(record) for record in some] == [0, 10, 20, 30]
