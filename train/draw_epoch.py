"""Which pictures an epoch shows where each knows only some heads: planned shares, met to one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor


@dataclass(frozen=True, kw_only=True)
class Share:
    """Pictures that know the same labels, and how often an epoch is to show one of them."""

    places: Tensor
    draws: float
    """Of all of them together; seldom a whole number."""


def draw_epoch(
    targets: Tensor,
    balance: float,
    balance_heads: float,
    random: torch.Generator,
    draws: int | None = None,
) -> Tensor:
    """Places of so many draws from targets [N, H], or of N, in an order of their own.

    Each share is met to one draw, and its pictures come in turn: none twice before all came once.
    """
    shares = planned_shares(targets, balance, balance_heads, draws)
    ends = torch.tensor([share.draws for share in shares], dtype=torch.float64).cumsum(0)
    # One offset for all: the counts add up to the epoch's, and none is rounded the same way always.
    offset = torch.rand((), generator=random, dtype=torch.float64)
    reached = torch.cat([torch.zeros(1, dtype=torch.float64), ends.round(decimals=9)])
    counts = (reached + offset).floor().diff().long().tolist()
    drawn = [
        _in_turn(share.places, count, random) for share, count in zip(shares, counts, strict=True)
    ]
    order = torch.cat(drawn)
    return order[torch.randperm(len(order), generator=random)]


def planned_shares(
    targets: Tensor, balance: float, balance_heads: float, draws: int | None = None
) -> list[Share]:
    """Kinds of pictures, which know the same heads, by their size to the power 1 − balance_heads,
    and in each kind the combinations of labels by theirs to the power 1 − balance."""
    whole = len(targets) if draws is None else draws
    kinds = _alike(targets >= 0, torch.arange(len(targets)))
    found = []
    for kind, own in zip(kinds, _parts(kinds, whole, balance_heads), strict=True):
        alike = _alike(targets[kind], kind)
        parts = _parts(alike, own, balance)
        found += [Share(places=p, draws=d) for p, d in zip(alike, parts, strict=True)]
    return found


def _alike(rows: Tensor, places: Tensor) -> list[Tensor]:
    """The places of equal rows, in the order of the rows' values."""
    _, group = torch.unique(rows, dim=0, return_inverse=True)
    return [places[group == i] for i in range(int(group.max()) + 1)]


def _parts(groups: Sequence[Tensor], whole: float, power: float) -> list[float]:
    sizes = torch.tensor([len(group) for group in groups], dtype=torch.float64) ** (1 - power)
    parts: list[float] = (sizes * whole / sizes.sum()).tolist()
    return parts


def _in_turn(places: Tensor, count: int, random: torch.Generator) -> Tensor:
    rounds = [
        places[torch.randperm(len(places), generator=random)]
        for _ in range(-(-count // len(places)))
    ]
    return torch.cat([places[:0], *rounds])[:count]
