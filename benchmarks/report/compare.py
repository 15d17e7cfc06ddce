"""A run beside an older one: what became faster or slower, and in which stage."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Change:
    """A series or a figure that both runs have."""

    name: str
    unit: str | None
    """A figure has none."""
    old: float
    new: float
    ratio: float | None
    """New / old; of means where it is a series. None where the old one is 0."""
    low: float | None
    high: float | None
    """The ratio's 95% interval, where samples were kept."""
    verdict: str
    stage: str | None = None
    """Of a total that changed: the stage that did most of it."""


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """All changes, and why times are not among them where they would say nothing."""

    old_date: str
    old_code: str | None
    reasons: tuple[str, ...]
    changes: tuple[Change, ...]
