"""A contract for an ONNX file that was never ours."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal, cast

import numpy as np

from export.answer_kind import answer_kind
from export.describe_onnx import OnnxFacts, describe_onnx
from export.make_heads import Ask, check_heads, make_heads, parse_labels
from export.runners import Tensor
from face_detect.command import InputError
from train.contract import Contract, Head, Input

QUESTIONS = {
    "size": "Side of the picture that the net takes, in pixels",
    "channels": "Does it take grey or rgb pictures",
    "layout": "Is its input nchw or nhwc",
    "labels": "Its labels in the order of its outputs, with commas between",
    "mean": "Mean that it expects to be subtracted, of pixels from 0 to 1 (one or one a channel)",
    "std": "Deviation that it expects to be divided by (one or one a channel)",
    "output": "Does it answer with logits or probabilities",
}


@dataclass(frozen=True, kw_only=True)
class Wishes:
    """What the command line says; None for what it leaves open."""

    size: int | None = None
    channels: Literal["grey", "rgb"] | None = None
    layout: Literal["nchw", "nhwc"] | None = None
    labels: tuple[str, ...] | None = None
    mean: tuple[float, ...] | None = None
    std: tuple[float, ...] | None = None
    output: Literal["logits", "probabilities"] | None = None
    name: str | None = None
    heads: tuple[Head, ...] = ()
    """Instead of labels, for a net that tells several things."""


def make_contract(onnx_file: Path, wishes: Wishes, ask: Ask | None = None) -> Contract:
    """Put together what file and wishes say; `ask` is put what neither says."""
    facts = describe_onnx(onnx_file, wishes.size)
    widths = {name: answer.shape[1] for name, answer in (facts.answers or {}).items()}
    several = len(widths) > 1 and not wishes.heads
    missing = [key for key in QUESTIONS if _is_missing(key, wishes, facts, several)]
    if (missing or several) and ask is None:
        raise InputError(f"{onnx_file}: does not say everything; add {_flags(missing, widths)}")
    if several:
        wishes = replace(wishes, heads=make_heads(onnx_file, widths, cast(Ask, ask)))
    for key in missing:
        wishes = replace(wishes, **{key: _answer(key, cast(Ask, ask))})
    return _contract(onnx_file, wishes, facts)


def parse(key: str, text: str) -> Any:
    """One answer, from the command line or the terminal; ValueError says what is wrong."""
    if key == "size":
        return int(text)
    if key == "labels":
        return parse_labels(text)
    if key in ("mean", "std"):
        return tuple(float(part) for part in text.split(","))
    choices = _CHOICES[key]
    if text.strip().lower() not in choices:
        raise ValueError(f"{text!r} is not one of {', '.join(choices)}")
    return text.strip().lower()


_CHOICES = {
    "channels": ("grey", "rgb"),
    "layout": ("nchw", "nhwc"),
    "output": ("logits", "probabilities"),
}


def _is_missing(key: str, wishes: Wishes, facts: OnnxFacts, several: bool) -> bool:
    if key == "labels" and (several or wishes.heads):
        return False
    if key == "output" and facts.answers is not None:
        return False
    return _known(key, wishes, facts) is None


def _flags(missing: list[str], widths: Mapping[str, int]) -> str:
    flags = [f"--{key}" for key in missing]
    if len(widths) > 1:
        outputs = ", ".join(f"{name!r} of {width} numbers" for name, width in widths.items())
        flags.insert(0, f"--head NAME=LABEL,LABEL for each of its outputs ({outputs})")
    return ", ".join(flags)


def _known(key: str, wishes: Wishes, facts: OnnxFacts) -> Any:
    wished = getattr(wishes, key)
    return getattr(facts, key, None) if wished is None else wished


def _answer(key: str, ask: Ask) -> Any:
    complaint = ""
    while True:
        try:
            return parse(key, ask(f"{complaint}{QUESTIONS[key]}: "))
        except ValueError as error:
            complaint = f"({error}) "


def _contract(onnx_file: Path, wishes: Wishes, facts: OnnxFacts) -> Contract:
    known = {key: _known(key, wishes, facts) for key in QUESTIONS}
    heads = wishes.heads or (Head(name="emotion", labels=known["labels"]),)
    if facts.answers is not None:
        check_heads(onnx_file, heads, facts.answers)
    depth = 1 if known["channels"] == "grey" else 3
    return Contract(
        name=wishes.name or onnx_file.stem,
        net="onnx",
        heads=heads,
        input=Input(
            size=known["size"],
            channels=known["channels"],
            layout=known["layout"],
            mean=_per_channel(known["mean"], depth),
            std=_per_channel(known["std"], depth),
        ),
        output=known["output"] or _kind(onnx_file, heads, facts.answers or {}),
    )


def _kind(
    path: Path, heads: Sequence[Head], answers: Mapping[str, Tensor]
) -> Literal["logits", "probabilities"]:
    """As the answers tell; a contract has one word for all of its heads."""
    ends = np.cumsum([len(head.labels) for head in heads])[:-1]
    parts = np.split(np.concatenate(list(answers.values()), axis=1), ends, axis=1)
    kinds = {head.name: answer_kind(part) for head, part in zip(heads, parts, strict=True)}
    if len(set(kinds.values())) > 1:
        said = ", ".join(f"{name!r} with {kind}" for name, kind in kinds.items())
        raise InputError(f"{path}: answers {said}; all have to be of one kind")
    return kinds[heads[0].name]


def _per_channel(values: tuple[float, ...], depth: int) -> tuple[float, ...]:
    return values * depth if len(values) == 1 else values
