"""Whom long work tells how it goes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from train.epoch import Epoch


@dataclass(frozen=True, kw_only=True)
class Watch:
    """Every one may be left out."""

    say: Callable[[str], None] = lambda line: None
    on_epoch: Callable[[Epoch], None] = lambda epoch: None
    on_step: Callable[[int, int], None] = lambda done, total: None
