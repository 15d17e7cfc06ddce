"""What several heads cannot do is said before anything is begun."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
from lightning_fabric import Fabric

from face_detect.command import InputError
from tests.train.heads.made import OPTIONS, packed, planned, went
from tests.train.test_main import run as command
from train.contract import Contract
from train.data.dataset import Framing
from train.data.record import Record
from train.data.task import Task
from train.options import FitOptions
from train.run import run
from train.samples import Samples
from train.source import Source
from train.watch import Watch


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"most": "5"}, "--most is for a net with one head, not emotion, gender, mask"),
        ({"parts": (OPTIONS,)}, "--parts is for a net with one head"),
        ({"options": FitOptions(head_weights="age=2")}, "--head-weights: 'age' is not one of"),
        ({"task": None}, "several data need a table"),
        ({"more": ()}, "made.csv, line 4: no picture to learn from is 'female'"),
    ],
)
def test_what_cannot_be_is_refused_before_a_record_is_begun(
    data: Mapping[str, Path],
    task: Task,
    tmp_path: Path,
    changes: dict[str, object],
    complaint: str,
) -> None:
    with pytest.raises(InputError, match=complaint):
        went(planned(data, task, **changes), tmp_path / "runs")
    assert not (tmp_path / "runs").exists()


def test_a_head_of_which_no_face_is_found_is_named(
    data: Mapping[str, Path], task: Task, tmp_path: Path
) -> None:
    with pytest.raises(InputError, match=r"no face was found in .* that know 'emotion'"):
        went(planned(data, task, framing="photo"), tmp_path)


class Blind(Source):
    """Finds no face in the pictures to learn from that know of masks."""

    def load(
        self, records: Sequence[Record], framing: Framing, contract: Contract, watch: Watch
    ) -> Samples:
        samples = super().load(records, framing, contract, watch)
        if len(records) > 60:
            samples.targets[:, 2] = -1
        return samples


def test_a_head_of_which_no_face_is_found_to_learn_from_is_named(
    data: Mapping[str, Path], task: Task, tmp_path: Path
) -> None:
    fabric = Fabric(accelerator="cpu", devices=1)
    with pytest.raises(InputError, match=r"no face was found in the pictures to learn .* 'mask'"):
        run(planned(data, task), tmp_path, fabric, Watch(), source=Blind())


def test_pictures_that_were_made_of_others_are_not_given_beside_them(
    data: Mapping[str, Path], task: Task, tmp_path: Path
) -> None:
    with zipfile.ZipFile(data["people"]) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    table = files["fairface_label_val.csv"].decode().splitlines()
    table = [f"{table[0]},face", *(f"{row},{row.split(',')[0]}" for row in table[1:])]
    files["fairface_label_val.csv"] = "\n".join(table).encode()
    drawn = packed(tmp_path / "drawn.zip", files)
    with pytest.raises(InputError, match=r"drawn.zip: was made of faces of people.zip"):
        went(planned({**data, "drawn": drawn}, task), tmp_path)


@pytest.mark.parametrize(
    "words",
    [("skew", "MODEL", "DATA"), ("pseudo", "MODEL", "DATA", "DATA")],
    ids=["skew", "pseudo"],
)
def test_what_is_for_one_head_says_so(
    model: Path,
    data: Mapping[str, Path],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    words: tuple[str, ...],
) -> None:
    given = [{"MODEL": str(model), "DATA": str(data["masks"])}.get(word, word) for word in words]
    assert command(monkeypatch, *given) == 2
    assert "has several heads" in capsys.readouterr().err


def test_a_teacher_that_learned_from_what_is_reported_on_is_refused(
    model: Path, data: Mapping[str, Path], task: Task, tmp_path: Path
) -> None:
    masks = {"masks": data["masks"]}
    plan = planned(masks, task.only(["mask"]), teachers=(model,), split_seed=7)
    with pytest.raises(InputError, match=r"masks.zip: \d of 8 pictures to report on were not"):
        went(plan, tmp_path / "runs")
    assert not (tmp_path / "runs").exists()
