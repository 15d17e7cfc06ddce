from __future__ import annotations

import pytest

from train.contract import Contract, Head, Input
from train.fitting import plain_fabric
from train.options import FitOptions
from train.study import time_left as module
from train.study.time_left import picture_s, time_left


def contract(net: str) -> Contract:
    heads = (Head(name="emotion", labels=("happy", "sad")),)
    return Contract(name="made", net=net, heads=heads, input=Input(size=48))


def test_a_larger_net_takes_longer() -> None:
    fabric = plain_fabric(FitOptions())
    small, large = (picture_s(contract(net), fabric) for net in ("dense:width=1", "slim"))
    assert 0 < small < large


def test_where_memory_is_too_small_nothing_is_expected(monkeypatch: pytest.MonkeyPatch) -> None:
    def build(contract: Contract) -> None:
        raise MemoryError

    monkeypatch.setattr(module, "build_net", build)
    assert picture_s(contract("slim"), plain_fabric(FitOptions())) == 0


def test_before_any_run_the_expectation_is_all_there_is() -> None:
    assert time_left(0, [], [2, 3]) == 5


def test_what_comes_on_top_comes_on_top_of_every_run() -> None:
    assert time_left(11, [1], [10, 20]) == 30 + 2 * 10


def test_what_stops_early_does_so_in_proportion() -> None:
    assert time_left(5, [10], [10, 20]) == 15
