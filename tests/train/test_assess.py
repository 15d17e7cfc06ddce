from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from train.assess import assess
from train.contract import Head

HEAD = Head(name="emotion", labels=("happy", "sad"), temperature=2.0, uncertain_below=0.6)


def test_a_face_not_found_lowers_accuracy_but_is_not_called_uncertain() -> None:
    answers = np.array([[0.9, 0.1], [0.5, 0.5], [0.2, 0.8]])
    found = assess(HEAD, answers, np.array([0, 0, 1]), np.array([True, False, True]))
    assert found.figures.accuracy == pytest.approx(2 / 3)
    assert found.uncertain == 0.0
    assert found.certain.accuracy == pytest.approx(2 / 3)


def test_answers_below_the_threshold_are_set_apart() -> None:
    answers = np.array([[0.55, 0.45], [0.1, 0.9]])
    found = assess(HEAD, answers, np.array([1, 1]), np.array([True, True]))
    assert found.uncertain == 0.5
    assert (found.certain.pictures, found.certain.accuracy) == (1, 1.0)


def test_strange_faces_are_uncertain_too_where_the_head_tells() -> None:
    answers = np.array([[0.9, 0.1], [0.1, 0.9], [0.55, 0.45], [0.9, 0.1]])
    truth, found = np.array([0, 0, 0, 0]), np.array([True, True, True, False])
    energies = np.array([3.0, 1.0, 3.0, 1.0])
    telling = dataclasses.replace(HEAD, familiar_above=2.0)
    told = assess(telling, answers, truth, found, energies=energies)
    assert (told.uncertain, told.unfamiliar) == (0.5, 0.25)
    assert (told.certain.pictures, told.certain.accuracy) == (2, 0.5)
    other = assess(HEAD, answers, truth, found, energies=energies)
    assert (other.uncertain, other.unfamiliar) == (0.25, None)


def test_calibration_is_judged_with_and_without_the_temperature() -> None:
    answers = np.tile([[0.75, 0.25]], (4, 1))
    found = assess(HEAD, answers, np.array([0, 0, 0, 1]), np.ones(4, bool))
    assert found.after.ece == 0.0
    assert found.before.ece == pytest.approx(0.9 - 0.75)
