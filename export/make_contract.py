"""A contract for an ONNX file that was never ours."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal, cast

from export.describe_onnx import OnnxFacts, describe_onnx
from face_detect.command import InputError
from train.contract import Contract, Head, Input

Ask = Callable[[str], str]
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


def make_contract(onnx_file: Path, wishes: Wishes, ask: Ask | None = None) -> Contract:
    """Put together what file and wishes say; `ask` is put what neither says."""
    facts = describe_onnx(onnx_file, wishes.size)
    missing = [key for key in QUESTIONS if _known(key, wishes, facts) is None]
    if missing and ask is None:
        flags = ", ".join(f"--{key}" for key in missing)
        raise InputError(f"{onnx_file}: does not say everything; add {flags}")
    for key in missing:
        wishes = replace(wishes, **{key: _answer(key, cast(Ask, ask))})
    return _contract(onnx_file, wishes, facts)


def parse(key: str, text: str) -> Any:
    """One answer, from the command line or the terminal; ValueError says what is wrong."""
    if key == "size":
        return int(text)
    if key == "labels":
        return tuple(part.strip() for part in text.split(",") if part.strip())
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


def _known(key: str, wishes: Wishes, facts: OnnxFacts) -> Any:
    wished = getattr(wishes, key)
    return getattr(facts, key) if wished is None else wished


def _answer(key: str, ask: Ask) -> Any:
    complaint = ""
    while True:
        try:
            return parse(key, ask(f"{complaint}{QUESTIONS[key]}: "))
        except ValueError as error:
            complaint = f"({error}) "


def _contract(onnx_file: Path, wishes: Wishes, facts: OnnxFacts) -> Contract:
    known = {key: _known(key, wishes, facts) for key in QUESTIONS}
    if facts.outputs not in (None, len(known["labels"])):
        raise InputError(
            f"{onnx_file}: answers with {facts.outputs} numbers, {len(known['labels'])} labels"
            " are named"
        )
    depth = 1 if known["channels"] == "grey" else 3
    return Contract(
        name=wishes.name or onnx_file.stem,
        net="onnx",
        heads=(Head(name="emotion", labels=known["labels"]),),
        input=Input(
            size=known["size"],
            channels=known["channels"],
            layout=known["layout"],
            mean=_per_channel(known["mean"], depth),
            std=_per_channel(known["std"], depth),
        ),
        output=known["output"],
    )


def _per_channel(values: tuple[float, ...], depth: int) -> tuple[float, ...]:
    return values * depth if len(values) == 1 else values
