from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from train.contract import Contract, Head
from train.uncertainty.uncertainty import pass_probabilities, uncertainty


def test_passes_that_agree_carry_no_information() -> None:
    found = uncertainty(np.array([[[0.5, 0.5]], [[0.5, 0.5]]]))
    assert found.information[0] == pytest.approx(0)
    assert found.variance.max() == 0


def test_passes_that_are_sure_of_different_things_carry_all_of_the_entropy() -> None:
    found = uncertainty(np.array([[[1.0, 0.0]], [[0.0, 1.0]]]))
    assert found.mean[0].tolist() == [0.5, 0.5]
    assert found.information[0] == pytest.approx(np.log(2))
    assert found.variance[0].tolist() == [0.25, 0.25]


def test_a_head_s_passes_are_calibrated_by_its_temperature(contract: Contract) -> None:
    heads = (Head(name="mask", labels=("on", "off")), *contract.heads)
    heads = (heads[0], dataclasses.replace(heads[1], temperature=2.0))
    contract = dataclasses.replace(contract, heads=heads)
    outputs = np.array([[[9.0, -9.0, 2.0, 0.0]]], np.float32)
    found = pass_probabilities(outputs, contract, "emotion")
    assert found.shape == (1, 1, 2)
    assert found[0, 0, 0] == pytest.approx(1 / (1 + np.exp(-1)))
