from __future__ import annotations

import numpy as np
import pytest

from train.data.record import Record
from train.explore.features import Features
from train.explore.neighbours import neighbours
from train.explore.suspects import suspects_by_model, suspects_by_neighbours


def labelled(*labels: str | None) -> list[Record]:
    return [
        Record(name=f"{i}.png", labels={} if label is None else {"emotion": label}, read=bytes)
        for i, label in enumerate(labels)
    ]


@pytest.fixture
def clouds() -> Features:
    """Forty points here, forty far away."""
    points = np.random.default_rng(0).normal(size=(80, 8))
    points[40:, 0] += 30
    return points.astype(np.float32)


def test_a_label_unlike_its_neighbours_is_the_most_doubtful(clouds: Features) -> None:
    labels = ["happy"] * 40 + ["sad"] * 40
    labels[7] = "sad"
    first = suspects_by_neighbours(labelled(*labels), "emotion", neighbours(clouds))[0]
    assert (first.place, first.label, first.better) == (7, "sad", "happy")
    assert first.doubt > 0.9


def test_where_all_neighbours_agree_nothing_is_in_doubt(clouds: Features) -> None:
    labels = ["happy"] * 40 + ["sad"] * 40
    assert suspects_by_neighbours(labelled(*labels), "emotion", neighbours(clouds)) == ()


def test_a_picture_without_a_label_neither_votes_nor_is_doubted(clouds: Features) -> None:
    labels: list[str | None] = [None] * 20 + ["happy"] * 20 + ["sad"] * 40
    assert suspects_by_neighbours(labelled(*labels), "emotion", neighbours(clouds)) == ()


def test_copies_have_no_vote(clouds: Features) -> None:
    """Of fifteen equal pictures one is labelled otherwise; its copies must not outvote it."""
    copied = clouds.copy()
    copied[:15] = copied[0]
    labels = ["happy"] * 40 + ["sad"] * 40
    labels[3] = "sad"
    found = suspects_by_neighbours(labelled(*labels), "emotion", neighbours(copied))
    assert 3 not in [suspect.place for suspect in found]


def test_one_label_leaves_nothing_to_doubt(clouds: Features) -> None:
    assert suspects_by_neighbours(labelled(*["sad"] * 80), "emotion", neighbours(clouds)) == ()


def test_a_model_that_is_sure_of_another_label_is_heard() -> None:
    probabilities = np.array([[0.9, 0.1], [0.95, 0.05], [0.2, 0.8]])
    records = labelled("happy", "sad", "happy")
    found = suspects_by_model(records, "emotion", ("happy", "sad"), probabilities, np.ones(3, bool))
    assert [(each.place, each.better) for each in found] == [(1, "happy"), (2, "sad")]


def test_a_model_that_hesitates_is_not_heard() -> None:
    probabilities = np.array([[0.7, 0.3]])
    labels = ("happy", "sad")
    assert not suspects_by_model(
        labelled("sad"), "emotion", labels, probabilities, np.ones(1, bool)
    )


def test_a_face_that_the_model_did_not_find_is_not_doubted() -> None:
    probabilities = np.array([[0.9, 0.1]])
    labels = ("happy", "sad")
    assert not suspects_by_model(
        labelled("sad"), "emotion", labels, probabilities, np.zeros(1, bool)
    )


def test_a_label_that_the_model_does_not_know_is_not_doubted() -> None:
    probabilities = np.array([[0.9, 0.1]])
    labels = ("happy", "sad")
    assert not suspects_by_model(
        labelled("calm"), "emotion", labels, probabilities, np.ones(1, bool)
    )
