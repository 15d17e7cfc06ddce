"""A plan out of what a study's file says: any option of `fit`, by its name."""

from __future__ import annotations

import dataclasses
import difflib
import typing
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from face_detect.command import FacecastError
from train.contract import ContractError
from train.nets import NETS, net_text, read_net
from train.options import FOR_HEADS, Augment, FitOptions, options_of
from train.parts import read_parts
from train.plan import Plan
from train.thinned import read_most

Find = Callable[[str], Path]
"""From a model's name, folder or file to its path."""
_FIT = {
    field.name: (kind, option)
    for field, kind, option in options_of(FitOptions)
    if field.name not in FOR_HEADS
}
_AUGMENT = {field.name: (kind, option) for field, kind, option in options_of(Augment)}
_PLAN: Mapping[str, tuple[str, Any]] = {
    "net": ("net", str),
    "size": ("size", int),
    "channels": ("channels", typing.Literal["grey", "rgb"]),
    "head": ("head", str),
    "valid": ("valid_share", float),
}
_MOST = {"size": 4096, "valid": 0.9}
_MODELS = ("from", "teacher")
_SEED = "seed"


class SettingError(Exception):
    """A key or a value that cannot be; `key` says which."""

    def __init__(self, key: str, reason: str) -> None:
        super().__init__(reason)
        self.key = key


def changed_plan(plan: Plan, changes: Mapping[str, Any], find: Find) -> Plan:
    """The plan with every change made: the net's name first, then what it is built with."""
    changes = {key.replace("-", "_"): value for key, value in changes.items()}
    if "net" in changes:
        plan = _made(plan, "net", changes["net"], find)
    for key, value in changes.items():
        if key not in ("net", "parts"):
            plan = _made(plan, key, value, find)
    return _made(plan, "parts", changes["parts"], find) if "parts" in changes else plan


def _made(plan: Plan, key: str, value: Any, find: Find) -> Plan:
    try:
        return _change(plan, key, value, find)
    except (FacecastError, ContractError, ValueError) as error:
        raise SettingError(key, str(error)) from error


def _change(plan: Plan, key: str, value: Any, find: Find) -> Plan:
    options = plan.options
    if key in _PLAN:
        return _plan_changed(plan, key, value)
    if key == "most":
        return dataclasses.replace(plan, most=_most(value))
    if key in _FIT and key != _SEED:
        options = dataclasses.replace(options, **{key: _typed(_FIT[key][0], value)})
        return dataclasses.replace(plan, options=options)
    if key in _AUGMENT:
        augment = dataclasses.replace(options.augment, **{key: _typed(_AUGMENT[key][0], value)})
        options = dataclasses.replace(options, augment=augment)
        return dataclasses.replace(plan, options=options)
    if key in _MODELS:
        return _given_model(plan, key, value, find)
    if key == "parts":
        return dataclasses.replace(plan, parts=tuple(read_parts(str(value), options)))
    return _net_changed(plan, key, value)


def _plan_changed(plan: Plan, key: str, value: Any) -> Plan:
    field, kind = _PLAN[key]
    value = _typed(kind, value)
    if key == "net":
        read_net(value)
    if key in _MOST and not 0 < value <= _MOST[key]:
        raise ValueError(f"is {value!r}, which is {'not above 0' if value <= 0 else 'too much'}")
    if key == "head":
        plan = dataclasses.replace(plan, reading=dataclasses.replace(plan.reading, head=value))
    return dataclasses.replace(plan, **{field: value})


def _most(value: Any) -> str:
    """A number, or a table of labels and numbers."""
    pairs = value.items() if isinstance(value, dict) else [("", value)]
    text = ",".join(f"{label}={_typed(int, number)}".lstrip("=") for label, number in pairs)
    read_most(text)
    return text


def _given_model(plan: Plan, key: str, value: Any, find: Find) -> Plan:
    if key == "from":
        return dataclasses.replace(plan, weights=find(_typed(str, value)))
    names = value if isinstance(value, list) else [value]
    return dataclasses.replace(plan, teachers=tuple(find(_typed(str, name)) for name in names))


def _net_changed(plan: Plan, key: str, value: Any) -> Plan:
    name, chosen = read_net(plan.net)
    known = NETS[name].options()
    if key not in known:
        raise ValueError(_unknown(key, name, list(known)))
    kind = typing.cast(type, known[key])
    chosen[key] = _typed(kind, value)
    if chosen[key] == NETS[name].default(key):
        del chosen[key]  # one spelling, so that equal arms are seen to be equal
    return dataclasses.replace(plan, net=net_text(name, chosen))


def _unknown(key: str, net: str, options: list[str]) -> str:
    known = [
        *_PLAN,
        *_MODELS,
        "most",
        "parts",
        *(key for key in _FIT if key != _SEED),
        *_AUGMENT,
        *options,
    ]
    near = difflib.get_close_matches(key, known, 1)
    hint = f"; did you mean {near[0]}?" if near else ""
    return f"is no option of fit, and {net} has only {', '.join(options) or 'none'}{hint}"


def _typed(kind: Any, value: Any) -> Any:
    """The value as its option wants it; a word is no number, and true is no 1."""
    choices = typing.get_args(kind)
    if choices:
        if value not in choices:
            raise ValueError(f"is {value!r}, not one of {', '.join(map(str, choices))}")
        return value
    fits = (int, float) if kind is float else (kind,)
    if isinstance(value, bool) or not isinstance(value, fits):
        raise ValueError(f"is {value!r}, not a {_KINDS[kind]}")
    return kind(value)


_KINDS = {int: "whole number", float: "number", str: "word"}
