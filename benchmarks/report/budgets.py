"""Bounds on figures, and whether a run keeps to them."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

from face_detect.command import InputError

BUDGETS = Path(__file__).resolve().parent.parent / "budgets.toml"
Kind = Literal["at_least", "at_most"]


@dataclass(frozen=True, kw_only=True)
class Budget:
    """What a figure may be."""

    name: str
    kind: Kind
    bound: float


@dataclass(frozen=True, kw_only=True)
class Gate:
    """A figure that was measured against its bound."""

    name: str
    kind: Kind
    bound: float
    measured: float

    @property
    def passed(self) -> bool:
        if self.kind == "at_least":
            return self.measured >= self.bound
        return self.measured <= self.bound


def read_budgets(path: Path = BUDGETS) -> tuple[Budget, ...]:
    """In the order of the file; one table a figure, with `at_least`, `at_most` or both."""
    try:
        document = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise InputError(f"{path}: does not exist") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: is not TOML ({error})") from error
    return tuple(
        budget for name, bounds in document.items() for budget in _budgets(path, name, bounds)
    )


def judge(figures: Mapping[str, float], budgets: tuple[Budget, ...]) -> tuple[Gate, ...]:
    """A gate for each bound on a figure that was measured."""
    return tuple(
        Gate(name=budget.name, kind=budget.kind, bound=budget.bound, measured=figures[budget.name])
        for budget in budgets
        if budget.name in figures
    )


def missing(figures: Mapping[str, float], budgets: tuple[Budget, ...]) -> tuple[str, ...]:
    """The names that have a bound and were not measured."""
    names = dict.fromkeys(budget.name for budget in budgets)
    return tuple(name for name in names if name not in figures)


def _budgets(path: Path, name: str, bounds: object) -> list[Budget]:
    kinds = get_args(Kind)
    if not isinstance(bounds, dict):
        raise InputError(f"{path}: {name} stands outside of a table; write [{name}]")
    if not bounds:
        raise InputError(f"{path}: [{name}] has neither at_least nor at_most")
    found = []
    for kind, bound in bounds.items():
        if kind not in kinds:
            raise InputError(f"{path}: [{name}] has {kind}; only {' and '.join(kinds)} are known")
        if isinstance(bound, bool) or not isinstance(bound, int | float) or math.isnan(bound):
            raise InputError(f"{path}: [{name}] {kind} is {bound!r} and not a number")
        found.append(Budget(name=name, kind=kind, bound=float(bound)))
    return found
