from __future__ import annotations

import zipfile
from pathlib import Path

import numpy as np
import pytest

from face_detect.command import InputError
from face_detect.crop import Pixels, sample
from face_detect.tiny import TinyDetector
from face_detect.tiny_weights import DEFAULT_WEIGHTS
from tests.train.test_main import run as command
from train.contract import Crop
from train.crops import resolve_framing
from train.data import Dataset, open_dataset
from train.data.read_task import read_task
from train.data.reading import Reading
from train.data.split import split
from train.masks.make_masks import make_masks

TASK = Path(__file__).resolve().parents[3] / "docs" / "tasks" / "mask-18.csv"


@pytest.fixture
def made(people: Path, tmp_path: Path) -> Path:
    found = make_masks(open_dataset(people), tmp_path / "out.zip")
    assert (found.faces, found.left_out) == (2, {"no face found": 1})
    return tmp_path / "out.zip"


def test_every_face_is_there_in_each_state_with_all_that_is_known(made: Path) -> None:
    dataset = open_dataset(made)
    assert (dataset.format, dataset.framing, dataset.problems) == ("fairface", "crop", ())
    known = {(r.subject, r.labels["gender"], r.labels["age"]) for r in dataset.records}
    assert known == {("val/1.png", "male", "20-29"), ("val/2.png", "female", "3-9")}
    assert sorted(r.labels["mask"] for r in dataset.records) == [
        "none", "none", "worn", "worn", "wrong", "wrong",
    ]  # fmt: skip
    assert len({r.picture().tobytes() for r in dataset.records}) == 6


def test_faces_are_cut_out_as_the_page_cuts_them_without_a_mask(made: Path, people: Path) -> None:
    picture = open_dataset(people).records[0].picture()
    crop = Crop()
    detector = TinyDetector(DEFAULT_WEIGHTS, second_look=crop.second_look)
    rect = crop.rule.rect(detector.detect(picture)[0])
    own = {
        r.labels["mask"]: r.picture()
        for r in open_dataset(made).records
        if r.subject == "val/1.png"
    }
    assert {pixels.shape for pixels in own.values()} == {(rect.side, rect.side, 3)}
    assert np.abs(own["none"].astype(int) - sample(picture, rect, rect.side)).mean() < 4


def test_masks_are_drawn_on_the_whole_of_a_face_that_is_cut_out_already(
    cut_out: Path, face: Pixels, tmp_path: Path
) -> None:
    made = make_masks(open_dataset(cut_out), tmp_path / "out.zip")
    assert made.faces == 1
    own = {r.labels["mask"]: r.picture() for r in open_dataset(tmp_path / "out.zip").records}
    assert {pixels.shape for pixels in own.values()} == {face.shape}
    assert np.abs(own["none"].astype(int) - face).mean() < 4
    assert np.abs(own["worn"].astype(int) - face).mean() > 4


def test_editions_with_and_without_margins_are_told_apart_by_their_pictures(
    people: Path, cut_out: Path
) -> None:
    assert resolve_framing("auto", open_dataset(people), Crop()) == "photo"
    assert resolve_framing("auto", open_dataset(cut_out), Crop()) == "crop"


def test_the_task_of_eighteen_classes_takes_it_as_it_is(made: Path) -> None:
    dataset = open_dataset(made, reading=Reading(labels=read_task(TASK)))
    assert "wrong, female, <30" in {record.labels["class"] for record in dataset.records}


def test_all_states_of_a_face_fall_into_one_part(made: Path) -> None:
    parts = split(open_dataset(made).records, 0.5, seed=0, head="mask")
    first, second = ({record.subject for record in part} for part in parts)
    assert not first & second


def test_the_same_seed_gives_the_same_bytes_and_another_others(
    made: Path, people: Path, tmp_path: Path
) -> None:
    for name, seed in (("again", 0), ("other", 1)):
        make_masks(open_dataset(people), tmp_path / f"{name}.zip", seed=seed)
    assert (tmp_path / "again.zip").read_bytes() == made.read_bytes()
    assert (tmp_path / "other.zip").read_bytes() != made.read_bytes()


def test_a_face_is_drawn_on_alike_whatever_others_are_chosen(
    made: Path, people: Path, tmp_path: Path
) -> None:
    make_masks(open_dataset(people), tmp_path / "some.zip", most=2)
    with zipfile.ZipFile(made) as whole, zipfile.ZipFile(tmp_path / "some.zip") as some:
        names = set(some.namelist()) & set(whole.namelist()) - {"fairface_label_masks.csv"}
        assert names
        assert all(some.read(name) == whole.read(name) for name in names)


def test_interrupted_it_leaves_nothing(people: Path, tmp_path: Path) -> None:
    def interrupt(done: int, total: int) -> None:
        raise KeyboardInterrupt

    before = set(tmp_path.iterdir())
    with pytest.raises(KeyboardInterrupt):
        make_masks(open_dataset(people), tmp_path / "out.zip", on_step=interrupt)
    assert set(tmp_path.iterdir()) == before


def test_pictures_that_do_not_know_enough_are_refused(dataset: Path, tmp_path: Path) -> None:
    found: Dataset = open_dataset(dataset, "test")
    with pytest.raises(InputError, match=r"no face could be drawn on \(10 × no age known\)"):
        make_masks(found, tmp_path / "out.zip")


def test_the_command_says_what_it_made(
    people: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert command(monkeypatch, "masks", str(people), str(tmp_path / "out.zip")) == 0
    assert (
        "2 faces, each without a mask, with one, and wrong, 1 × no face" in capsys.readouterr().out
    )
    assert command(monkeypatch, "masks", str(people), str(people)) == 2
