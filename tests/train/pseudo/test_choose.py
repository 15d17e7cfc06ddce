from __future__ import annotations

import numpy as np
import pytest

from face_detect.command import InputError
from train.pseudo.caps import caps
from train.pseudo.choose import Chosen, choose
from train.pseudo.usual_doubt import usual_doubt
from train.uncertainty.uncertainty import Uncertainty

LABELS = ("happy", "sad")


def said(happy: list[float], information: list[float] | None = None) -> Uncertainty:
    """Answers with this probability of "happy"."""
    mean = np.array([[value, 1 - value] for value in happy])
    doubt = np.array(information or [0.0] * len(happy))
    return Uncertainty(mean=mean, variance=np.full_like(mean, 0.04), information=doubt)


def chosen(found: Uncertainty, cap: str = "none") -> Chosen:
    return choose(found, LABELS, sure=0.95, information=0.1, cap=cap)


def test_a_face_has_to_be_probable_and_undoubted() -> None:
    found = chosen(said([0.99, 0.94, 0.01, 0.99], [0.0, 0.0, 0.05, 0.2]))
    assert sorted(found.taken) == [0, 2]
    assert found.labels[found.taken].tolist() == [0, 1]
    assert found.doubted.tolist() == [3]
    assert found.spread.tolist() == pytest.approx([0.2] * 4)


@pytest.mark.parametrize(("happy", "sad"), [(90, 10), (3, 50), (20, 20), (1, 2)])
def test_no_label_is_more_than_half_of_what_is_taken(happy: int, sad: int) -> None:
    found = chosen(said([0.99] * happy + [0.01] * sad), "half")
    taken = found.counts(found.taken)
    assert max(taken) <= sum(taken) / 2
    assert min(taken) == min(happy, sad)


def test_where_one_label_alone_is_sure_half_takes_nothing() -> None:
    found = chosen(said([0.99] * 9), "half")
    assert (len(found.taken), len(found.over)) == (0, 9)


def test_labels_that_are_less_than_half_keep_all() -> None:
    assert caps("half", ("happy", "sad", "fear"), (50, 20, 10)) == [30, 60, 70]


def test_under_a_cap_the_surest_are_taken() -> None:
    found = chosen(said([0.99, 0.97, 0.98], [0.03, 0.01, 0.01]), "happy=2")
    assert found.taken.tolist() == [2, 1]


@pytest.mark.parametrize(
    ("text", "expected"),
    [("half", [2, 8]), ("none", [10, 10]), ("4", [4, 4]), ("sad=2", [10, 2])],
)
def test_a_cap_is_half_or_a_number(text: str, expected: list[int]) -> None:
    assert caps(text, LABELS, (8, 2)) == expected


def test_a_cap_that_is_neither_is_refused() -> None:
    with pytest.raises(InputError, match="--cap some: is neither half, none, a number"):
        caps("some", LABELS, (8, 2))


def test_usual_doubt_is_that_of_right_and_sure_answers() -> None:
    found = said([0.99] * 40 + [0.99] * 40 + [0.6] * 40, [0.01] * 40 + [0.5] * 40 + [0.3] * 40)
    truth = np.array([0] * 40 + [1] * 40 + [0] * 40)
    assert usual_doubt(found, truth, 0.95) == pytest.approx(0.01)
    assert usual_doubt(found, truth, 0.999) == pytest.approx(0.3)
