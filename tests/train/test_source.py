from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from train.options import FitOptions
from train.plan import Plan, TopUp
from train.run import first_contract
from train.source import SharedSource
from train.watch import Watch


def planned(data: Path, **changes: object) -> Plan:
    plan = Plan(data=data, name="made", size=16, valid_share=0.2, split_seed=0)
    return dataclasses.replace(plan, **changes)  # type: ignore[arg-type]


def test_runs_of_other_seeds_and_rates_share_their_pictures(dataset: Path) -> None:
    source = SharedSource()
    said: list[str] = []
    plans = [planned(dataset, options=FitOptions(seed=seed, rate=0.1 / seed)) for seed in (1, 2)]
    data = [source.gather(plan, Watch(say=said.append)) for plan in plans]
    assert data[0] is data[1]
    assert sum("reading" in line for line in said) == 1
    contract = first_contract(plans[0], data[0].labels)
    first, second = (
        source.load(data[0].kept, data[0].framing, contract, Watch()) for _ in range(2)
    )
    assert first is second
    wider = dataclasses.replace(contract, input=dataclasses.replace(contract.input, size=24))
    assert source.load(data[0].kept, data[0].framing, wider, Watch()).pixels.shape[1] == 24


@pytest.mark.parametrize("amount", [3, 6])
def test_a_top_up_adds_so_many_of_each_label_and_none_to_judge_by(
    dataset: Path, amount: int
) -> None:
    source = SharedSource()
    plan = planned(dataset, most="5")
    few = source.gather(plan, Watch())
    top_up = TopUp(data=dataset, labels=("happy", "sad"), amount=amount)
    more = source.gather(dataclasses.replace(plan, top_up=top_up), Watch())
    assert (len(few.kept), len(more.kept)) == (10, 10 + 2 * amount)
    assert more.kept[:10] == few.kept
    judged = {record.name for record in (*more.valid.records, *more.test.records)}
    assert not judged & {record.name for record in more.kept}
    assert len({record.name for record in more.kept}) == len(more.kept)
