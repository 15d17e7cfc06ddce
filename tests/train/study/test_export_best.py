from __future__ import annotations

import dataclasses
import zipfile
from pathlib import Path

import pytest

from train.contract import Contract
from train.data.dataset import Dataset
from train.judged_part import HELD_OUT
from train.source import Judged, SharedSource
from train.study.export_best import export_best
from train.watch import Watch

from .conftest import BASE, Done, one_thread, pack, read, went


class Listening(SharedSource):
    """Knows which pictures were judged."""

    def judged(self, dataset: Dataset, contract: Contract, watch: Watch) -> Judged:
        self.names = [record.name for record in dataset.records]
        return super().judged(dataset, contract, watch)


@pytest.fixture(scope="module")
def shares(tmp_path_factory: pytest.TempPathFactory) -> Done:
    """Data without parts, of which arms hold out different shares."""
    folder = tmp_path_factory.mktemp("shares")
    with (
        zipfile.ZipFile(pack(folder / "parts.zip", ("happy", "sad"))) as parts,
        zipfile.ZipFile(folder / "made.zip", "w") as whole,
    ):
        for name in parts.namelist():
            if name.startswith("train/"):
                whole.writestr(name.removeprefix("train/"), parts.read(name))
    text = BASE.replace("[0, 1]", "[0]").replace("epochs = 2", "epochs = 1")
    study = read(f"{text}[factors]\nvalid = [0.2]\n", folder, folder / "made.zip")
    return went(study, folder / "study")


@pytest.mark.parametrize("best", [0, 1])
def test_it_is_judged_on_what_its_own_run_held_out(shares: Done, tmp_path: Path, best: int) -> None:
    source = Listening()
    findings = dataclasses.replace(shares.findings, arms=(shares.findings.arms[best],))
    with one_thread():
        export_best(findings, tmp_path / "mine", source, Watch())
    assert set(source.names) == set((tmp_path / "mine" / HELD_OUT).read_text("utf-8").split())


@pytest.mark.parametrize("tested", [False, True])
def test_its_card_tells_whether_its_test_part_was_looked_at_before(
    shares: Done, tmp_path: Path, tested: bool
) -> None:
    study = dataclasses.replace(shares.findings.study, test=tested)
    findings = dataclasses.replace(shares.findings, study=study)
    with one_thread():
        export_best(findings, tmp_path / "mine", SharedSource(), Watch())
    text = (tmp_path / "mine" / "card.md").read_text("utf-8")
    assert ("held-out pictures, once" in text) == (not tested)
    assert ("Every run of the study was judged on these pictures" in text) == tested
