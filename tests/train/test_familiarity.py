from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import numpy as np
import pytest

from train.contract import Contract, Head
from train.familiarity import energy, familiarity, unfamiliar

GOLDEN = Path(__file__).resolve().parent.parent / "golden" / "familiarity.json"


def test_the_energy_is_that_of_the_page() -> None:
    for case in json.loads(GOLDEN.read_text(encoding="utf-8")):
        assert energy(np.array([case["logits"]]))[0] == pytest.approx(case["energy"], abs=1e-12)


def test_each_head_has_the_energy_of_its_own_columns_at_any_temperature(
    contract: Contract,
) -> None:
    heads = tuple(Head(name=name, labels=("a", "b"), temperature=3.0) for name in ("one", "two"))
    both = dataclasses.replace(contract, heads=heads)
    one, two = familiarity(np.array([[0.0, 0.0, 5.0, 5.0]], np.float32), both)
    assert one[0] == pytest.approx(np.log(2))
    assert two[0] == pytest.approx(5 + np.log(2))


def test_what_is_not_above_the_threshold_is_unfamiliar() -> None:
    head = Head(name="one", labels=("a", "b"), familiar_above=1.0)
    assert unfamiliar(head, np.array([0.5, 1.0, 1.5])).tolist() == [True, True, False]
    plain = dataclasses.replace(head, familiar_above=None)
    assert not unfamiliar(plain, np.array([-99.0])).any()
