from __future__ import annotations

from pathlib import Path

import pytest

from face_detect.command import InputError
from train.contract import Contract
from train.data.open_dataset import open_dataset
from train.sequence.stills import stills


def test_no_picture_is_in_both_halves(contract: Contract, dataset: Path) -> None:
    found = open_dataset(dataset, "train")
    learn, judge = stills(found, contract, contract.heads[0], framing="crop", seed=0)
    assert len(learn) + len(judge) == 40
    shown = [{crop.tobytes() for crop in part.crops} for part in (learn, judge)]
    assert not shown[0] & shown[1]


def test_too_few_pictures_are_named(contract: Contract, dataset: Path) -> None:
    found = open_dataset(dataset, "test")
    with pytest.raises(InputError, match=r"has 10 pictures .* and 40 are needed"):
        stills(found, contract, contract.heads[0], framing="crop", seed=0)
