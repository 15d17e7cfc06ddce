from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from export.drift import Outputs, drift
from tests.export.conftest import CONTRACT
from train.contract import Head

_NET: Outputs = np.random.default_rng(0).normal(size=(50, 7)).astype(np.float32) * 3


def test_equal_answers_have_not_drifted() -> None:
    found = drift(_NET, _NET.copy(), CONTRACT)
    assert (found.max_relative, found.flips, found.mean_kl) == (0, 0, 0)


def test_drift_is_relative_to_the_largest_output() -> None:
    moved = _NET.copy()
    moved[3, 2] += 0.5
    found = drift(_NET, moved, CONTRACT)
    assert found.max_relative == pytest.approx(0.5 / np.abs(_NET).max(), rel=1e-4)
    assert found.worst[0] == 3


def test_a_flip_is_counted_once_an_input() -> None:
    moved = _NET.copy()
    moved[[1, 4]] = -moved[[1, 4]]
    assert drift(_NET, moved, CONTRACT).flips == 2 / 50


def test_a_face_that_becomes_unfamiliar_is_a_flip() -> None:
    head = replace(CONTRACT.heads[0], familiar_above=0.0)
    telling = replace(CONTRACT, heads=(head,))
    moved = _NET.copy()
    moved[2] -= moved[2].max() + 9
    assert drift(_NET, moved, CONTRACT).flips == 0
    assert drift(_NET, moved, telling).flips == 1 / 50


def test_the_worst_head_counts() -> None:
    heads = (Head(name="a", labels=("x", "y", "z")), Head(name="b", labels=("p", "q", "r", "s")))
    moved = _NET.copy()
    moved[:, 3:] = np.roll(moved[:, 3:], 1, axis=1)
    found = drift(_NET, moved, replace(CONTRACT, heads=heads))
    assert found.flips == 1
    assert found.mean_kl > 0.1
    assert [head.flips for head in found.heads] == [0, 1]
    assert found.heads[0].max_relative == 0


def test_a_head_of_small_outputs_is_held_to_its_own_largest() -> None:
    heads = (Head(name="a", labels=("x", "y", "z")), Head(name="b", labels=("p", "q", "r", "s")))
    net, moved = _NET.copy(), _NET.copy()
    net[:, 3:] *= 1e-3
    moved[:, 3:] *= 1.1e-3
    assert drift(net, moved, replace(CONTRACT, heads=heads)).max_relative == pytest.approx(0.1)


def test_probabilities_of_a_foreign_net_are_compared_as_such() -> None:
    shares = np.exp(_NET) / np.exp(_NET).sum(axis=1, keepdims=True)
    contract = replace(CONTRACT, output="probabilities")
    expected = (shares * np.log(shares / np.roll(shares, 1, 1))).sum(axis=1).mean()
    found = drift(shares, np.roll(shares, 1, 1), contract)
    assert found.mean_kl == pytest.approx(expected, rel=1e-3)


@pytest.mark.parametrize("broken", [_NET[:, :6], np.full_like(_NET, np.nan)])
def test_another_shape_or_nan_is_as_far_as_can_be(broken: Outputs) -> None:
    found = drift(_NET, broken, CONTRACT)
    assert found.flips == 1
    assert found.max_relative > 1e6
