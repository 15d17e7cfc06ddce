from __future__ import annotations

import dataclasses
from pathlib import Path

import cv2
import numpy as np
import pytest

from export.choose import choose
from export.drift import Drift
from export.gates import RecallError
from export.measure_accuracy import LabelledSet, ask_labelled, measure_accuracy
from export.parity import Link
from export.variants import write_variant
from face_detect.command import InputError
from tests.export.conftest import Small
from train.contract import FER_LABELS
from train.judged_part import HELD_OUT
from train.model_task import TASK


@pytest.fixture(scope="module")
def data(small: Small, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Crops in folders named for what the net itself says to them."""
    folder = tmp_path_factory.mktemp("data")
    for i, answer in enumerate(small.known.reference.argmax(axis=1)):
        path = folder / "test" / FER_LABELS[answer] / f"{i:03}.png"
        path.parent.mkdir(parents=True, exist_ok=True)
        cv2.imwrite(str(path), small.known.crops[i][..., ::-1])
    return folder


@pytest.fixture(scope="module")
def known(small: Small, data: Path) -> LabelledSet:
    return ask_labelled([data], small.source)


def test_recall_in_the_browser_is_that_of_the_net(small: Small, known: LabelledSet) -> None:
    (found,) = measure_accuracy(known, small.source, small.prover, "f32")
    assert found.macro_before == found.macro_after == 1
    assert sum(found.pictures.values()) == len(small.known.crops)


def test_a_graph_that_recalls_less_is_stopped(small: Small, known: LabelledSet) -> None:
    graph = small.graph
    for name, value in graph.weights.items():
        if value.shape[-1:] == (len(FER_LABELS),):
            graph.weights[name] = np.roll(value, 1, axis=-1)
    write_variant(graph, "f32", small.converted.folder / "forgetful")
    same = Drift(count=256, max_relative=0, flips=0, mean_kl=0, worst=())
    with pytest.raises(RecallError, match="macro recall"):
        choose(
            "f32",
            ["f32"],
            lambda variant: Link(name=variant, drift=same, seconds=0),
            lambda variant: measure_accuracy(known, small.source, small.prover, "forgetful"),
        )


def test_labels_that_the_model_does_not_know_are_refused(
    small: Small, data: Path, tmp_path: Path
) -> None:
    picture = next(data.rglob("*.png")).read_bytes()
    (tmp_path / "test" / "bored").mkdir(parents=True)
    (tmp_path / "test" / "bored" / "a.png").write_bytes(picture)
    with pytest.raises(InputError, match="no label of its pictures"):
        ask_labelled([tmp_path], small.source)


def test_of_several_data_those_count_that_know_what_the_model_answers(
    small: Small, data: Path, known: LabelledSet, tmp_path: Path
) -> None:
    picture = next(data.rglob("*.png")).read_bytes()
    (tmp_path / "test" / "bored").mkdir(parents=True)
    (tmp_path / "test" / "bored" / "a.png").write_bytes(picture)
    both = ask_labelled([tmp_path, data], small.source)
    assert [record.name for record in both.records] == [record.name for record in known.records]
    assert (both.unused, known.unused) == ((tmp_path.name,), ())


def test_a_model_is_judged_by_its_own_table_and_what_its_fit_held_out(
    small: Small, data: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "model"
    folder.mkdir()
    rows = "".join(f"emotion,{label},emotion,{label}-face\n" for label in FER_LABELS)
    (folder / TASK).write_text(f"head,label,from,is\n{rows}", encoding="utf-8")
    files = sorted(data.rglob("*.png"))
    for file in files:
        place = tmp_path / "faces" / f"{file.parent.name}-face"
        place.mkdir(parents=True, exist_ok=True)
        (place / file.name).write_bytes(file.read_bytes())
    names = [f"{file.parent.name}-face/{file.name}" for file in files[:5]]
    (folder / HELD_OUT).write_text("\n".join(names), encoding="utf-8")
    source = dataclasses.replace(small.source, folder=folder)
    found = ask_labelled([tmp_path / "faces"], source)
    assert sorted(record.name for record in found.records) == sorted(names)
    assert {record.labels["emotion"] for record in found.records} <= set(FER_LABELS)
