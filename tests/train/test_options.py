from __future__ import annotations

import dataclasses

from train.options import FitOptions, without_later


def test_a_run_without_strangers_is_the_same_as_before_there_were_any() -> None:
    plain, met = FitOptions(), FitOptions(strangers=0.25)
    assert "strangers" not in dataclasses.asdict(plain, dict_factory=without_later)
    assert dataclasses.asdict(met, dict_factory=without_later)["strangers"] == 0.25
