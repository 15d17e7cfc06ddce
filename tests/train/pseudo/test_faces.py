from __future__ import annotations

from pathlib import Path

import pytest

from train.contract import Contract
from train.data.open_dataset import open_dataset
from train.pseudo import faces as module
from train.pseudo.faces import Unlabelled, read_faces
from train.watch import Watch

from .conftest import HAPPY, SAD, faces, pack


def test_no_face_is_learned_from_that_is_judged_by(contract: Contract, tmp_path: Path) -> None:
    judged = pack(tmp_path / "judged.zip", {"test/happy/a": faces(HAPPY, 3)})
    own = {"copy": faces(HAPPY, 3), "new": faces(SAD, 4)}
    unlabelled = Unlabelled(data=pack(tmp_path / "more.zip", own), framing="crop")
    records = open_dataset(judged).records
    found = read_faces(unlabelled, contract, records, tmp_path / "kept", Watch())
    assert [name[:3] for name in found.names] == ["new"] * 4
    assert found.left_out == {"a copy of a picture that is judged by": 3}


def test_faces_are_cut_once(
    contract: Contract, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = pack(tmp_path / "more.zip", {"happy/a": faces(HAPPY, 3), "bored/b": faces(SAD, 4)})
    unlabelled = Unlabelled(data=data, framing="crop", most=6)
    first = read_faces(unlabelled, contract, (), tmp_path / "kept", Watch())
    monkeypatch.setattr(module, "crops_of", None)
    again = read_faces(unlabelled, contract, (), tmp_path / "kept", Watch())
    assert again.names == first.names
    assert (again.pixels == first.pixels).all()
    assert len(first) == 6
    assert set(first.truth.tolist()) == {0, -1}
