from __future__ import annotations

from train.contract import Contract, Head, Input
from train.study.cost import cost


def test_what_no_memory_would_hold_can_be_counted() -> None:
    heads = (Head(name="emotion", labels=("happy", "sad")),)
    spec = Input(size=48, channels="grey", mean=(0.5,), std=(0.25,))
    found = cost(Contract(name="made", net="dense:width=1000000000", heads=heads, input=spec))
    assert found.multiply_adds == (48 * 48 + 2) * 10**9
    assert found.parameters == (48 * 48 + 1 + 2) * 10**9 + 2
    assert found.weight_bytes == 4 * found.parameters
