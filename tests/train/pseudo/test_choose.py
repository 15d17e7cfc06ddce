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
    return Uncertainty(mean=mean, variance=0 * mean, entropy=doubt, information=doubt)


def chosen(found: Uncertainty, cap: str = "none") -> Chosen:
    return choose(found, LABELS, (0.25, 0.75), sure=0.95, information=0.1, cap=cap)


def test_a_face_has_to_be_probable_and_undoubted() -> None:
    found = chosen(said([0.99, 0.94, 0.01, 0.99], [0.0, 0.0, 0.05, 0.2]))
    assert sorted(found.taken) == [0, 2]
    assert found.labels[found.taken].tolist() == [0, 1]
    assert found.doubted.tolist() == [3]


def test_no_label_has_more_than_its_share_of_the_labelled_part() -> None:
    found = chosen(said([0.99] * 90 + [0.01] * 10), "labelled")
    assert found.caps == (25, 75)
    assert found.counts(found.taken) == [25, 10]
    assert found.counts(found.over) == [65, 0]


def test_under_a_cap_the_surest_are_taken() -> None:
    found = chosen(said([0.99, 0.97, 0.98], [0.03, 0.01, 0.01]), "happy=2")
    assert found.taken.tolist() == [2, 1]


@pytest.mark.parametrize(
    ("text", "expected"),
    [("labelled", [3, 8]), ("none", [10, 10]), ("4", [4, 4]), ("sad=2", [10, 2])],
)
def test_a_cap_is_a_proportion_or_a_number(text: str, expected: list[int]) -> None:
    assert caps(text, LABELS, (0.25, 0.75), 10) == expected


def test_a_cap_that_is_neither_is_refused() -> None:
    with pytest.raises(InputError, match="--cap some: is neither labelled, none, a number"):
        caps("some", LABELS, (0.5, 0.5), 10)


def test_usual_doubt_is_that_of_right_and_sure_answers() -> None:
    found = said([0.99] * 40 + [0.99] * 40 + [0.6] * 40, [0.01] * 40 + [0.5] * 40 + [0.3] * 40)
    truth = np.array([0] * 40 + [1] * 40 + [0] * 40)
    assert usual_doubt(found, truth, 0.95) == pytest.approx(0.01)
    assert usual_doubt(found, truth, 0.999) == pytest.approx(0.3)
