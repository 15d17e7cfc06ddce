"""A study's arms, out of the `study.json` that `train` wrote."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from face_detect.command import InputError

STUDY = "study.json"
_PARTS = ("test", "valid")


@dataclass(frozen=True, kw_only=True)
class Share:
    """A mean over seeds and its 95% interval; one seed has none."""

    mean: float
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, kw_only=True)
class Arm:
    """One of the choices, and its best run's model."""

    name: str
    model: Path | None
    """None where no run has finished."""
    accuracy: Share | None = None
    macro_f1: Share | None = None
    parameters: int | None = None
    multiply_adds: int | None = None


@dataclass(frozen=True, kw_only=True)
class StudyArms:
    """All arms in the study's order."""

    name: str
    arms: tuple[Arm, ...]
    part: str = "valid"
    """Of the data: what accuracy and macro F1 were measured on."""
    reference: str | None = None
    """The arm that the others are compared with."""


def read_arms(folder: Path) -> StudyArms:
    """Read a study's folder; fields that are not known are left aside."""
    path = folder / STUDY
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
        arms: list[dict[str, Any]] = document["arms"]
        part = _part(arms)
        return StudyArms(
            name=str(document.get("name", folder.name)),
            arms=tuple(_arm(arm, folder, part) for arm in arms),
            part=part,
            reference=document.get("reference"),
        )
    except (FileNotFoundError, NotADirectoryError) as error:
        raise InputError(f"{path}: is missing; python -m train ablate or zoo writes it") from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise InputError(f"{path}: is not what a study writes ({error!r})") from error


def _part(arms: list[dict[str, Any]]) -> str:
    """The test part where every arm that has figures was judged on it."""
    judged = [arm for arm in arms if any(arm.get(part) for part in _PARTS)]
    return "test" if judged and all(arm.get("test") for arm in judged) else "valid"


def _arm(arm: Mapping[str, Any], folder: Path, part: str) -> Arm:
    figures = arm.get(part) or arm
    model = arm.get("model")
    return Arm(
        name=str(arm["name"]),
        model=folder / model if model else None,
        accuracy=_share(figures.get("accuracy")),
        macro_f1=_share(figures.get("macro_f1")),
        parameters=arm.get("parameters"),
        multiply_adds=arm.get("multiply_adds"),
    )


def _share(told: float | Mapping[str, Any] | None) -> Share | None:
    """An interval, or a single number."""
    if told is None:
        return None
    if isinstance(told, Mapping):
        return Share(mean=told["mean"], low=told.get("low"), high=told.get("high"))
    return Share(mean=float(told))
