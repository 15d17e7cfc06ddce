"""A study's file: TOML that says what is fixed, what is tried, and how often.

design = "grid"            # or "one-at-a-time"
seeds = [0, 1, 2]

[budget]
epochs = 30

[base]
net = "dense"

[factors]
activation = ["relu", "gelu"]
recipe = [{optimizer = "sgd", rate = 0.1}, {optimizer = "adam", rate = 0.001}]
"""

from __future__ import annotations

import itertools
import math
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from face_detect import arguments
from face_detect.command import InputError
from train.plan import Plan
from train.study.changed_plan import Find, SettingError, changed_plan
from train.study.study import SEEDS, Arm, Study

DESIGNS = ("one-at-a-time", "grid")
BASE = "base"
PATIENCE = 3
_KEYS = ("name", "design", "seeds", "test", "pruner", "budget", "base", "factors")
_BUDGET = ("epochs", "patience", "hours")


@dataclass(frozen=True, kw_only=True)
class _Value:
    """One value of a factor: how tables show it, and what it changes."""

    factor: str
    shown: str
    changes: Mapping[str, Any]


def read_study(path: Path, plan: Plan, find: Find) -> Study:
    """The study of a file; `plan` says what data are read and how."""
    document = _document(path)
    _known(path, "", document, _KEYS)
    budget = _table(path, document, "budget")
    _known(path, "budget.", budget, _BUDGET)
    usual = {"patience": PATIENCE} | _table(path, document, "base") | _epochs(budget)
    base = _planned(path, plan, usual, find, "base")
    factors = _factors(path, document)
    design = _design(path, document)
    arms = _arms(path, plan, base, usual, factors, design, find)
    return Study(
        name=_name(path, document),
        arms=arms,
        seeds=_seeds(path, document),
        reference=next((arm.name for arm in arms if arm.plan == base), None),
        design=design,
        prunes=_choice(path, document, "pruner", ("none", "median")) == "median",
        test=_flag(path, document, "test"),
        hours=_hours(path, budget),
    )


def _document(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror or error})") from error
    except ValueError as error:
        raise InputError(f"{path}: is not TOML ({error})") from error


def _known(path: Path, where: str, table: Mapping[str, Any], keys: tuple[str, ...]) -> None:
    for key in table:
        if key not in keys:
            raise InputError(f"{path}: {where}{key}: is not one of {', '.join(keys)}")


def _table(path: Path, document: Mapping[str, Any], key: str) -> dict[str, Any]:
    table = document.get(key, {})
    if not isinstance(table, dict):
        raise InputError(f"{path}: {key}: is not a table")
    return table


def _epochs(budget: Mapping[str, Any]) -> dict[str, Any]:
    return {key: budget[key] for key in ("epochs", "patience") if key in budget}


def _planned(path: Path, plan: Plan, changes: Mapping[str, Any], find: Find, where: str) -> Plan:
    try:
        return changed_plan(plan, changes, find)
    except SettingError as error:
        raise InputError(f"{path}: {where}.{error.key}: {error}") from error


def _factors(path: Path, document: Mapping[str, Any]) -> list[list[_Value]]:
    table = _table(path, document, "factors")
    if not table:
        raise InputError(f"{path}: factors: is missing or empty; nothing would be compared")
    return [_values(path, factor, values) for factor, values in table.items()]


def _values(path: Path, factor: str, values: Any) -> list[_Value]:
    if not isinstance(values, list) or not values:
        raise InputError(f"{path}: factors.{factor}: is not a list of values")
    found = [_value(path, factor, value) for value in values]
    shown = [value.shown for value in found]
    for one in shown:
        if shown.count(one) > 1:
            raise InputError(f"{path}: factors.{factor}: has {one} twice")
    return found


def _value(path: Path, factor: str, value: Any) -> _Value:
    """A plain value of an option, or a table of options that go together."""
    if not isinstance(value, dict):
        return _Value(factor=factor, shown=str(value), changes={factor: value})
    changes = {key: each for key, each in value.items() if key != "name"}
    shown = value.get("name") or " ".join(f"{key}={each}" for key, each in changes.items())
    if not isinstance(shown, str) or not shown:
        raise InputError(f"{path}: factors.{factor}: name: is {shown!r}, not a word")
    return _Value(factor=factor, shown=shown, changes=changes)


def _arms(
    path: Path,
    plan: Plan,
    base: Plan,
    usual: Mapping[str, Any],
    factors: list[list[_Value]],
    design: str,
    find: Find,
) -> tuple[Arm, ...]:
    alone = design == DESIGNS[0]
    arms = [Arm(name=BASE, plan=base)] if alone else []
    for values in _combinations(factors, alone):
        where = f"factors.{values[0].factor}" if len(values) == 1 else "factors"
        changes = dict(usual)
        for value in values:
            changes |= {key.replace("-", "_"): each for key, each in value.changes.items()}
        found = _planned(path, plan, changes, find, where)
        if alone and found == base:
            continue  # the base stands for it
        if found.head != base.head:
            raise InputError(f"{path}: {where}.head: is another question; arms answer one and same")
        name = ", ".join(f"{value.factor}={value.shown}" for value in values)
        shown = {value.factor: value.shown for value in values}
        arms.append(Arm(name=name, plan=found, values=shown))
    _all_different(path, arms)
    return tuple(arms)


def _combinations(factors: list[list[_Value]], alone: bool) -> Iterator[tuple[_Value, ...]]:
    if alone:
        return ((value,) for values in factors for value in values)
    return itertools.product(*factors)


def _all_different(path: Path, arms: list[Arm]) -> None:
    if len(arms) < 2:
        raise InputError(f"{path}: factors: come to {len(arms)} arm; two are the least")
    for arm, other in itertools.combinations(arms, 2):
        if arm.plan == other.plan:
            raise InputError(f"{path}: factors: {arm.name} and {other.name} are the same")


def _name(path: Path, document: Mapping[str, Any]) -> str:
    try:
        return arguments.name(str(document.get("name", path.stem)))
    except Exception as error:
        raise InputError(f"{path}: name: {error}") from error


def _design(path: Path, document: Mapping[str, Any]) -> str:
    if "design" not in document:
        raise InputError(f"{path}: design: is missing; it is one of {', '.join(DESIGNS)}")
    return _choice(path, document, "design", DESIGNS)


def _choice(path: Path, document: Mapping[str, Any], key: str, choices: tuple[str, ...]) -> str:
    value = document.get(key, choices[0])
    if value not in choices:
        raise InputError(f"{path}: {key}: is {value!r}, not one of {', '.join(choices)}")
    return str(value)


def _flag(path: Path, document: Mapping[str, Any], key: str) -> bool:
    value = document.get(key, False)
    if not isinstance(value, bool):
        raise InputError(f"{path}: {key}: is {value!r}, not true or false")
    return value


def _seeds(path: Path, document: Mapping[str, Any]) -> tuple[int, ...]:
    seeds = document.get("seeds", list(SEEDS))
    whole = isinstance(seeds, list) and all(type(seed) is int and seed >= 0 for seed in seeds)
    if not whole or not seeds or len(set(seeds)) < len(seeds):
        raise InputError(f"{path}: seeds: is {seeds!r}, not a list of different whole numbers")
    return tuple(seeds)


def _hours(path: Path, budget: Mapping[str, Any]) -> float | None:
    hours = budget.get("hours")
    if hours is None:
        return None
    number = isinstance(hours, (int, float)) and not isinstance(hours, bool)
    if not number or not math.isfinite(hours) or hours <= 0:
        raise InputError(f"{path}: budget.hours: is {hours!r}, not a number above 0")
    return float(hours)
