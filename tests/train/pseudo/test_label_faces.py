from __future__ import annotations

import dataclasses
from pathlib import Path

import numpy as np
import pytest

from face_detect.command import InputError
from train.checkpoint import load, save
from train.pseudo.label_faces import label_faces, learned
from train.pseudo.options import Choosing
from train.pseudo.task import Task, prepare
from train.source import Source
from train.watch import Watch

from .conftest import Made


@pytest.fixture(scope="module")
def task(made: Made, tmp_path_factory: pytest.TempPathFactory) -> Task:
    wanted = made.wanted(choosing=Choosing(passes=20, cap="none"))
    return prepare(wanted, tmp_path_factory.mktemp("task"), Source(), Watch())


def chosen_names(task: Task, choosing: Choosing) -> list[str]:
    task = dataclasses.replace(task, wanted=dataclasses.replace(task.wanted, choosing=choosing))
    _, chosen = label_faces(task, task.wanted.model, 0, Watch())
    return [task.faces.names[place] for place in chosen.taken]


def test_wrong_faces_that_are_sure_by_probability_are_refused_in_doubt(task: Task) -> None:
    trusting = chosen_names(task, Choosing(passes=20, cap="none", information=10))
    assert sum(name.startswith("wrong") for name in trusting) == 20
    doubting = chosen_names(task, Choosing(passes=20, cap="none"))
    assert not any(name.startswith("wrong") for name in doubting)
    assert sum(name.startswith("right") for name in doubting) > 45


def test_faces_that_are_refused_vary_more_between_passes(task: Task) -> None:
    found, chosen = label_faces(task, task.wanted.model, 0, Watch())
    places = np.arange(len(chosen.labels))
    assert chosen.spread == pytest.approx(found.variance[places, chosen.labels] ** 0.5)
    assert chosen.spread[chosen.doubted].mean() > 2 * chosen.spread[chosen.taken].mean()


def test_without_passes_probability_alone_decides(task: Task) -> None:
    assert len(chosen_names(task, Choosing(passes=0, cap="none"))) == 80


def test_the_cap_holds_in_what_is_learned(task: Task) -> None:
    names = chosen_names(task, Choosing(passes=20, cap="happy=7"))
    assert sum(name.startswith("right-happy") for name in names) == 7
    assert sum(name.startswith("right-sad") for name in names) > 10


def test_soft_labels_are_the_passes_mean(task: Task) -> None:
    found, chosen = label_faces(task, task.wanted.model, 0, Watch())
    learning = dataclasses.replace(task.wanted.learning, labels="soft")
    soft = dataclasses.replace(task, wanted=dataclasses.replace(task.wanted, learning=learning))
    samples = learned(soft, found, chosen)
    assert samples.soft is not None
    assert np.allclose(samples.soft.numpy(), found.mean[chosen.taken])
    assert (samples.targets.numpy() == found.mean[chosen.taken].argmax(1)).all()
    assert learned(task, found, chosen).soft is None


def test_a_net_without_dropout_is_refused_where_doubt_is_asked_for(
    made: Made, tmp_path: Path
) -> None:
    net, contract = load(made.model)
    net_text = contract.net.replace("dropout=0.3", "dropout=0")
    save(net, dataclasses.replace(contract, net=net_text), tmp_path / "model")
    wanted = dataclasses.replace(made.wanted(), model=tmp_path / "model")
    with pytest.raises(InputError, match=r"has no dropout.*--passes 0 chooses by probability"):
        prepare(wanted, tmp_path / "task", Source(), Watch())


def test_a_cap_of_a_label_that_is_not_known_is_named(made: Made, tmp_path: Path) -> None:
    wanted = made.wanted(choosing=Choosing(cap="bored=3"))
    with pytest.raises(InputError, match="--cap: 'bored' is not one of happy, sad"):
        prepare(wanted, tmp_path / "task", Source(), Watch())
